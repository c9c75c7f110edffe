"""A mail server for the tests (or, as `https`, a receiver of webhooks). It prints one JSON line when it listens and one for each thing that arrives.

relay.py plain | starttls | smtps | https
Recipients named busy get 450, gone 550, away 421; a subject of "Refuse this" gets 554. The password is "right".
"""

import asyncio
import base64
import email
import email.policy
import json
import logging
import ssl
import sys

import trustme
from aiosmtpd.smtp import SMTP, AuthResult


def say(what):
    print(json.dumps(what), flush=True)


class Box:
    async def handle_MAIL(self, server, session, envelope, address, options):
        if address.startswith("stranger@"):
            return "553 5.1.8 Sender unknown"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        name = address.split("@")[0]
        answer = {"busy": "450 4.2.1 Busy", "gone": "550 5.1.1 No such person", "away": "421 4.3.2 Closing"}.get(name)
        if answer:
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
        if mail["subject"] == "Refuse this":
            return "554 5.7.1 Not this"
        part = lambda kind: (lambda body: body.get_content().replace("\r\n", "\n") if body else None)(mail.get_body((kind,)))
        say(
            {
                "from": envelope.mail_from,
                "to": envelope.rcpt_tos,
                "hello": session.host_name,
                "tls": server.transport.get_extra_info("ssl_object") is not None,
                "login": session.auth_data,
                "headers": [name.lower() for name in mail.keys()],
                "subject": mail["subject"],
                "sender": [mail["from"].addresses[0].display_name, mail["from"].addresses[0].addr_spec],
                "shown_to": [one.addr_spec for one in mail["to"].addresses],
                "reply_to": mail["reply-to"] and str(mail["reply-to"]),
                "id": mail["message-id"],
                "date": mail["date"].datetime.isoformat(),
                "auto": mail["auto-submitted"],
                "text": part("plain"),
                "html": part("html"),
                "files": [
                    [file.get_filename(), file.get_content_type(), base64.b64encode(file.get_content()).decode()] for file in mail.iter_attachments()
                ],
                "ascii": envelope.content.isascii(),
                "longest": max(len(line) for line in envelope.content.split(b"\r\n")),
                "lone_ends": envelope.content.replace(b"\r\n", b"").count(b"\r") + envelope.content.replace(b"\r\n", b"").count(b"\n"),
            }
        )
        return "250 Taken"


def check(server, session, envelope, mechanism, data):
    good = data.password == b"right"
    return AuthResult(success=good, handled=False, auth_data=data.login.decode() if good else None)


async def receive(reader, writer):
    try:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        say({"head": head.split("\r\n")[0]})
        writer.write(b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n")
        await writer.drain()
    finally:
        writer.close()


async def main(mode):
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1", "hook.example").configure_cert(context)
    loop = asyncio.get_running_loop()
    options = {"authenticator": check, "auth_require_tls": False, "hostname": "relay.example"}
    if mode == "starttls":
        options.update(tls_context=context, require_starttls=True)
    quiet = {"ssl": context} if mode in ("smtps", "https") else {}
    if mode == "https":
        server = await asyncio.start_server(receive, "127.0.0.1", 0, **quiet)
    else:
        server = await loop.create_server(lambda: SMTP(Box(), **options), "127.0.0.1", 0, **quiet)
    say({"port": server.sockets[0].getsockname()[1], "authority": authority.cert_pem.bytes().decode()})
    await server.serve_forever()


# Clients that refuse its certificate are part of the tests.
logging.disable(logging.CRITICAL)
asyncio.run(main(sys.argv[1]))
