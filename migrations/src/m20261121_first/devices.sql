create table enrolment_keys (
  tenant_id {uuid} not null,
  id {uuid} not null,
  client_id {uuid} not null,
  site_id {uuid} not null,
  name text not null,
  secret_hash {bytes} not null,
  needs_approval boolean not null,
  expires_at {big},
  most {big},
  used {big} not null,
  created_at {big} not null,
  revoked_at {big},
  primary key (tenant_id, id),
  unique (tenant_id, secret_hash),
  foreign key (tenant_id, client_id) references clients (tenant_id, id),
  foreign key (tenant_id, client_id, site_id) references sites (tenant_id, client_id, id)
);
create table devices (
  tenant_id {uuid} not null,
  id {uuid} not null,
  client_id {uuid} not null,
  site_id {uuid} not null,
  enrolment_key_id {uuid},
  foreign_id text,
  hostname text not null,
  search text not null,
  kind text not null,
  standing text not null,
  standing_reason text,
  os_family text not null,
  os_name text not null,
  os_version text,
  kernel text,
  arch text,
  machine_uuid text,
  serial text,
  maker text,
  model text,
  address text,
  users_logged_in {big},
  booted_at {big},
  reboot_required smallint not null,
  updates_pending integer not null,
  updates_security integer not null,
  updates_lists_at {big},
  updates_reason text,
  agent_name text not null,
  agent_version text not null,
  dropped_environment {big} not null,
  dropped_processes {big} not null,
  dropped_users {big} not null,
  every_s {big} not null,
  enrolled_at {big} not null,
  last_seen_at {big} not null,
  online_until {big} not null,
  late_until {big} not null,
  inventory_at {big} not null,
  primary key (tenant_id, id),
  unique (tenant_id, enrolment_key_id, foreign_id),
  foreign key (tenant_id, client_id) references clients (tenant_id, id),
  foreign key (tenant_id, client_id, site_id) references sites (tenant_id, client_id, id),
  foreign key (tenant_id, enrolment_key_id) references enrolment_keys (tenant_id, id)
);
create index devices_by_name on devices (tenant_id, hostname, id);
create index devices_by_seen on devices (tenant_id, last_seen_at, id);
create index devices_by_security on devices (tenant_id, updates_security, id);
create index devices_by_client on devices (tenant_id, client_id, hostname, id);
create index devices_by_machine on devices (tenant_id, client_id, machine_uuid);
create index devices_figures on devices (tenant_id, client_id, standing, online_until, late_until, updates_pending, updates_security, reboot_required, last_seen_at, os_family);
create table agent_keys (
  tenant_id {uuid} not null,
  id {uuid} not null,
  device_id {uuid} not null,
  enrolment_key_id {uuid} not null,
  public_key {bytes} not null,
  sequence {big} not null,
  created_at {big} not null,
  revoked_at {big},
  primary key (tenant_id, id),
  foreign key (tenant_id, device_id) references devices (tenant_id, id) on delete cascade,
  foreign key (tenant_id, enrolment_key_id) references enrolment_keys (tenant_id, id)
);
create index agent_keys_of_device on agent_keys (tenant_id, device_id);
create table documents (
  tenant_id {uuid} not null references tenants (id),
  hash {bytes} not null,
  body text not null,
  created_at {big} not null,
  primary key (tenant_id, hash)
);
create table inventories (
  tenant_id {uuid} not null,
  device_id {uuid} not null,
  section text not null,
  hash {bytes} not null,
  entries {big} not null,
  received_at {big} not null,
  primary key (tenant_id, device_id, section),
  foreign key (tenant_id, device_id) references devices (tenant_id, id) on delete cascade,
  foreign key (tenant_id, hash) references documents (tenant_id, hash)
);
create index inventories_of_document on inventories (tenant_id, hash);
create table updates (
  tenant_id {uuid} not null,
  device_id {uuid} not null,
  name text not null,
  arch text not null,
  installed text not null,
  candidate text not null,
  origin text,
  security smallint not null,
  primary key (tenant_id, device_id, name, arch),
  foreign key (tenant_id, device_id) references devices (tenant_id, id) on delete cascade
);
create table changes (
  tenant_id {uuid} not null,
  id {uuid} not null,
  device_id {uuid} not null,
  at {big} not null,
  kind text not null,
  subject text not null,
  old text,
  new text,
  primary key (tenant_id, id),
  foreign key (tenant_id, device_id) references devices (tenant_id, id) on delete cascade
);
create index changes_of_device on changes (tenant_id, device_id, at, id);
create table check_ins (
  tenant_id {uuid} not null,
  client_id {uuid} not null,
  hour_at {big} not null,
  reports {big} not null,
  primary key (tenant_id, client_id, hour_at),
  foreign key (tenant_id, client_id) references clients (tenant_id, id)
);
