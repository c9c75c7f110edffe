//! Unpacks the body of a request, and stops at a limit that counts unpacked bytes.

use std::io::Read;

use flate2::bufread::{DeflateDecoder, GzDecoder, ZlibDecoder};

use super::reject::{Reject, echo};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Packing {
    None,
    Gzip,
    Zlib,
    Deflate,
}

/// The plain bytes of `body`, at most `limit` of them.
///
/// # Errors
/// [`Reject::TooLarge`] beyond `limit`, [`Reject::Unsupported`] for another type or encoding, [`Reject::Malformed`] for a broken stream.
pub fn unpack(content_type: Option<&str>, content_encoding: Option<&str>, body: &[u8], limit: usize) -> Result<Vec<u8>, Reject> {
    let sent = of_encoding(content_encoding, body)?;
    let declared = of_type(content_type)?;
    let outer = open(sent, body, limit)?;
    let inner = sniff(&outer);
    if inner == Packing::None && declared != Packing::None && sent == Packing::None {
        return Err(Reject::malformed("The content type names a compression that the body does not have."));
    }
    if inner == Packing::None { Ok(outer) } else { open(inner, &outer, limit) }
}

fn of_encoding(header: Option<&str>, body: &[u8]) -> Result<Packing, Reject> {
    match header.unwrap_or_default().trim().to_ascii_lowercase().as_str() {
        "" | "identity" => Ok(Packing::None),
        "gzip" | "x-gzip" => Ok(Packing::Gzip),
        "zlib" => Ok(Packing::Zlib),
        // RFC 9110 means zlib by "deflate"; some senders mean the bare stream.
        "deflate" if sniff(body) == Packing::Zlib => Ok(Packing::Zlib),
        "deflate" => Ok(Packing::Deflate),
        other => Err(Reject::Unsupported(format!("The content encoding \"{}\" is not taken; send gzip, deflate or none.", echo(other)))),
    }
}

fn of_type(header: Option<&str>) -> Result<Packing, Reject> {
    let name = header.unwrap_or_default().split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match name.as_str() {
        "application/x-compress-zlib" => Ok(Packing::Zlib),
        "application/x-compress-gzip" => Ok(Packing::Gzip),
        "" | "application/xml" | "text/xml" | "application/json" | "application/octet-stream" | "application/x-compress" | "application/x-compressed" => {
            Ok(Packing::None)
        }
        other => Err(Reject::Unsupported(format!("The content type \"{}\" is not taken; send application/xml or application/json.", echo(other)))),
    }
}

fn sniff(body: &[u8]) -> Packing {
    match body {
        [0x1f, 0x8b, ..] => Packing::Gzip,
        // RFC 1950: the method is deflate and the first two bytes are a multiple of 31.
        [first, second, ..] if first & 0x0f == 8 && first >> 4 <= 7 && u16::from_be_bytes([*first, *second]) % 31 == 0 => Packing::Zlib,
        _ => Packing::None,
    }
}

fn open(packing: Packing, body: &[u8], limit: usize) -> Result<Vec<u8>, Reject> {
    match packing {
        Packing::None if body.len() > limit => Err(Reject::TooLarge),
        Packing::None => Ok(body.to_vec()),
        Packing::Gzip => drain(GzDecoder::new(body), limit),
        Packing::Zlib => drain(ZlibDecoder::new(body), limit),
        Packing::Deflate => drain(DeflateDecoder::new(body), limit),
    }
}

fn drain(stream: impl Read, limit: usize) -> Result<Vec<u8>, Reject> {
    let mut plain = Vec::new();
    let most = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    stream.take(most).read_to_end(&mut plain).map_err(|_| Reject::malformed("The compressed body is broken or cut off."))?;
    if plain.len() > limit { Err(Reject::TooLarge) } else { Ok(plain) }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::{
        Compress, Compression, FlushCompress,
        write::{DeflateEncoder, GzEncoder, ZlibEncoder},
    };

    use super::*;

    const TEXT: &[u8] = b"<REQUEST><QUERY>PROLOG</QUERY><DEVICEID>lab</DEVICEID></REQUEST>";
    const LIMIT: usize = 4096;

    fn pack(packing: Packing, text: &[u8]) -> Vec<u8> {
        let how = Compression::default();
        match packing {
            Packing::None => text.to_vec(),
            Packing::Gzip => written(GzEncoder::new(Vec::new(), how), text, GzEncoder::finish),
            Packing::Zlib => written(ZlibEncoder::new(Vec::new(), how), text, ZlibEncoder::finish),
            Packing::Deflate => written(DeflateEncoder::new(Vec::new(), how), text, DeflateEncoder::finish),
        }
    }

    fn written<W: Write>(mut to: W, text: &[u8], finish: impl Fn(W) -> std::io::Result<Vec<u8>>) -> Vec<u8> {
        to.write_all(text).expect("written");
        finish(to).expect("finished")
    }

    /// About 1 MB that unpacks to 1 GB: after a full flush the same packed piece may follow itself.
    fn bomb(packing: Packing) -> Vec<u8> {
        let mut piece = Vec::with_capacity(1 << 16);
        let mut packer = Compress::new(Compression::default(), false);
        packer.compress_vec(&vec![0; 1 << 20], &mut piece, FlushCompress::Full).expect("packed");
        let head: &[u8] = if packing == Packing::Gzip { &[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255] } else { &[0x78, 0x9c] };
        [head, &piece.repeat(1024)].concat()
    }

    #[test]
    fn every_packing_an_agent_uses_unpacks() {
        let (zlib, gzip, plain) = (Some("application/x-compress-zlib"), Some("application/x-compress-gzip"), Some("application/xml; charset=utf-8"));
        for (kind, encoding, packing) in [
            (zlib, None, Packing::Zlib),
            (gzip, None, Packing::Gzip),
            (plain, None, Packing::None),
            (None, None, Packing::None),
            (None, None, Packing::Zlib),
            (Some("Application/JSON"), Some("gzip"), Packing::Gzip),
            (plain, Some("deflate"), Packing::Deflate),
            (plain, Some("deflate"), Packing::Zlib),
            (plain, Some("Identity"), Packing::None),
            (zlib, Some("gzip"), Packing::Gzip),
        ] {
            assert_eq!(unpack(kind, encoding, &pack(packing, TEXT), LIMIT).as_deref(), Ok(TEXT), "{kind:?} {encoding:?} {packing:?}");
        }
        let twice = pack(Packing::Gzip, &pack(Packing::Zlib, TEXT));
        assert_eq!(unpack(zlib, Some("gzip"), &twice, LIMIT).as_deref(), Ok(TEXT));
    }

    #[test]
    fn what_is_not_taken_says_why() {
        let zipped = pack(Packing::Zlib, &TEXT.repeat(20));
        let long = "x".repeat(5000);
        for (kind, encoding, body, status) in [
            (Some("multipart/form-data"), None, TEXT, 415),
            (None, Some("br"), TEXT, 415),
            (None, Some(long.as_str()), TEXT, 415),
            (Some("application/x-compress-zlib"), None, TEXT, 400),
            (None, Some("gzip"), TEXT, 400),
            (None, Some("deflate"), &[0xff, 0xff, 0xff][..], 400),
            (None, None, &zipped[..zipped.len() / 2], 400),
            (None, None, &zipped[..zipped.len() - 4], 400),
            (None, Some("gzip"), &[][..], 400),
        ] {
            let reject = unpack(kind, encoding, body, LIMIT).expect_err("refused");
            assert_eq!(reject.status(), status, "{kind:?} {reject}");
            assert!(reject.to_string().len() < 200, "{reject}");
        }
        let gzip = pack(Packing::Gzip, &TEXT.repeat(20));
        assert_eq!(unpack(None, None, &gzip[..gzip.len() - 9], LIMIT).map_err(|r| r.status()), Err(400));
    }

    #[test]
    fn the_limit_counts_unpacked_bytes() {
        let exact = vec![b'x'; LIMIT];
        let over = vec![b'x'; LIMIT + 1];
        for packing in [Packing::None, Packing::Gzip, Packing::Zlib] {
            assert_eq!(unpack(None, None, &pack(packing, &exact), LIMIT).map(|b| b.len()), Ok(LIMIT));
            assert_eq!(unpack(None, None, &pack(packing, &over), LIMIT), Err(Reject::TooLarge));
        }
    }

    #[test]
    fn a_bomb_stops_at_the_limit() {
        for packing in [Packing::Gzip, Packing::Zlib] {
            let bomb = bomb(packing);
            assert!((500_000..2_000_000).contains(&bomb.len()), "{}", bomb.len());
            assert_eq!(unpack(None, None, &bomb, 4 << 20), Err(Reject::TooLarge));
            assert_eq!(unpack(None, None, &bomb[..3000], 4 << 20).map_err(|r| r.status()), Err(400), "the bomb is a stream like any other");
        }
    }
}
