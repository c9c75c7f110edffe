create table installation (
  key text primary key,
  value text not null
);
create table tenants (
  id {uuid} primary key,
  slug text not null unique,
  name text not null,
  state text not null,
  demo boolean not null,
  created_at {big} not null
);
create table hosts (
  host text primary key,
  tenant_id {uuid} not null references tenants (id)
);
create table operators (
  id {uuid} primary key,
  email text not null unique,
  name text not null,
  password_hash text not null,
  created_at {big} not null
);
create table operator_sessions (
  id_hash {bytes} primary key,
  operator_id {uuid} not null references operators (id),
  created_at {big} not null,
  seen_at {big} not null,
  data text not null,
  address text not null,
  browser text not null
);
create table operator_attempts (
  kind text not null,
  key_hash {bytes} not null,
  fails {big} not null,
  first_at {big} not null,
  last_at {big} not null,
  primary key (kind, key_hash)
);
create table domains (
  tenant_id {uuid} not null references tenants (id),
  host text not null,
  created_at {big} not null,
  primary key (tenant_id, host)
);
create table brands (
  tenant_id {uuid} not null references tenants (id),
  version {big} not null,
  name text not null,
  tokens text not null,
  logo_light text not null,
  logo_dark text not null,
  favicon text not null,
  headline text,
  phone text,
  hours text,
  created_at {big} not null,
  primary key (tenant_id, version)
);
