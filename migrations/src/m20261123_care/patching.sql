create table patch_updates (
  tenant_id {uuid} not null references tenants (id),
  id {uuid} not null,
  source text not null,
  name text not null,
  arch text not null,
  version text not null,
  origin text,
  security smallint not null,
  warned_by {uuid},
  secured_at {big},
  spreads smallint not null,
  first_seen_at {big} not null,
  gone_at {big},
  primary key (tenant_id, id),
  unique (tenant_id, name, source, arch, version)
);
create index patch_updates_that_spread on patch_updates (tenant_id, spreads, id);
create index patch_updates_gone on patch_updates (tenant_id, gone_at, id);
create table patch_pairs (
  tenant_id {uuid} not null,
  device_id {uuid} not null,
  update_id {uuid} not null,
  presence text not null,
  since_at {big} not null,
  security_at {big} not null,
  installed_at {big},
  failed_class text,
  failed_count {big} not null,
  failed_line text,
  primary key (tenant_id, device_id, update_id),
  foreign key (tenant_id, device_id) references devices (tenant_id, id) on delete cascade,
  foreign key (tenant_id, update_id) references patch_updates (tenant_id, id)
);
create index patch_pairs_of_update on patch_pairs (tenant_id, update_id, device_id);
create table patch_devices (
  tenant_id {uuid} not null,
  device_id {uuid} not null,
  client_id {uuid} not null,
  trust smallint not null,
  fresh_day {big} not null,
  fresh {big} not null,
  primary key (tenant_id, device_id),
  foreign key (tenant_id, device_id) references devices (tenant_id, id) on delete cascade
);
create index patch_devices_by_trust on patch_devices (tenant_id, trust, device_id);
create table patch_counts (
  tenant_id {uuid} not null,
  client_id {uuid} not null,
  update_id {uuid} not null,
  presence text not null,
  known smallint not null,
  since_at {big} not null,
  security_at {big} not null,
  devices {big} not null,
  failed {big} not null,
  primary key (tenant_id, client_id, update_id, presence, known, since_at, security_at),
  foreign key (tenant_id, client_id) references clients (tenant_id, id)
);
create index patch_counts_by_update on patch_counts (tenant_id, update_id, presence, client_id, known, since_at, security_at, devices, failed);
create table patch_decisions (
  tenant_id {uuid} not null references tenants (id),
  id {uuid} not null,
  update_id {uuid} not null,
  level text not null,
  place_id {uuid} not null,
  client_id {uuid},
  verdict text not null,
  until_at {big},
  note text,
  person_name text not null,
  decided_at {big} not null,
  expires_at {big},
  revision {big} not null,
  primary key (tenant_id, id),
  unique (tenant_id, update_id, level, place_id),
  foreign key (tenant_id, update_id) references patch_updates (tenant_id, id)
);
create table patch_settings (
  tenant_id {uuid} not null references tenants (id),
  id {uuid} not null,
  security_days {big} not null,
  other_days {big} not null,
  unseen_days {big} not null,
  own_rules boolean not null,
  revision {big} not null,
  primary key (tenant_id, id)
);
create table patch_rules (
  tenant_id {uuid} not null references tenants (id),
  id {uuid} not null,
  client_id {uuid},
  kind text not null,
  days text not null,
  names text not null,
  changed_at {big} not null,
  revision {big} not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, client_id) references clients (tenant_id, id)
);
create table patch_runs (
  tenant_id {uuid} not null references tenants (id),
  id {uuid} not null,
  title text not null,
  state text not null,
  person_id {uuid} not null,
  person_name text not null,
  created_at {big} not null,
  starts_at {big} not null,
  ends_at {big},
  ended_at {big},
  client_id {uuid},
  schedule_id {uuid},
  window_id {uuid},
  reboot text not null default 'never',
  retries {big} not null default 2,
  approval_id {uuid},
  primary key (tenant_id, id),
  foreign key (tenant_id, client_id) references clients (tenant_id, id)
);
create index patch_runs_open on patch_runs (tenant_id, state, id);
create index patch_runs_of_window on patch_runs (tenant_id, window_id, state);
create index patch_runs_of_schedule on patch_runs (tenant_id, schedule_id, id);
create table patch_schedules (
  tenant_id {uuid} not null references tenants (id),
  id {uuid} not null,
  client_id {uuid},
  window_id {uuid} not null,
  name text not null,
  what text not null,
  reboot text not null,
  needs_approval boolean not null,
  retries {big} not null,
  person_id {uuid} not null,
  person_name text not null,
  planned_until {big},
  revision {big} not null,
  changed_at {big} not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, client_id) references clients (tenant_id, id)
);
create index patch_schedules_of_window on patch_schedules (tenant_id, window_id);
create table patch_turns (
  tenant_id {uuid} not null,
  run_id {uuid} not null,
  device_id {uuid} not null,
  state text not null,
  detail text,
  since_at {big} not null,
  attempt {big} not null,
  before_retry {big} not null,
  not_before {big} not null,
  last_failure text,
  line text,
  command_id {uuid},
  reboot_id {uuid},
  told_at {big},
  person_id {uuid},
  person_name text,
  primary key (tenant_id, run_id, device_id),
  foreign key (tenant_id, run_id) references patch_runs (tenant_id, id),
  foreign key (tenant_id, device_id) references devices (tenant_id, id) on delete cascade
);
create index patch_turns_of_device on patch_turns (tenant_id, device_id, state);
create table patch_wants (
  tenant_id {uuid} not null,
  run_id {uuid} not null,
  device_id {uuid} not null,
  update_id {uuid} not null,
  asked boolean not null,
  became text,
  failure text,
  line text,
  primary key (tenant_id, run_id, device_id, update_id),
  foreign key (tenant_id, run_id, device_id) references patch_turns (tenant_id, run_id, device_id) on delete cascade,
  foreign key (tenant_id, device_id) references devices (tenant_id, id) on delete cascade,
  foreign key (tenant_id, update_id) references patch_updates (tenant_id, id)
);
create index patch_wants_of_device on patch_wants (tenant_id, device_id);
create index patch_wants_of_update on patch_wants (tenant_id, update_id);
create table patch_points (
  tenant_id {uuid} not null,
  client_id {uuid} not null,
  day {big} not null,
  installed {big} not null,
  missing {big} not null,
  early {big} not null,
  not_due {big} not null,
  deferred {big} not null,
  excluded {big} not null,
  unknown {big} not null,
  devices {big} not null,
  devices_unknown {big} not null,
  primary key (tenant_id, client_id, day),
  foreign key (tenant_id, client_id) references clients (tenant_id, id)
);
create index patch_points_by_day on patch_points (tenant_id, day, client_id, installed, missing);
alter table commands add column outcome text;
