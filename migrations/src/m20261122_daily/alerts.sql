create table policies (
  tenant_id {uuid} not null references tenants (id),
  level text not null,
  subject_id {uuid} not null,
  client_id {uuid},
  document text not null,
  amount {big} not null,
  revision {big} not null,
  changed_at {big} not null,
  primary key (tenant_id, level, subject_id)
);
create table alerts (
  tenant_id {uuid} not null,
  id {uuid} not null,
  device_id {uuid} not null,
  client_id {uuid} not null,
  condition text not null,
  search text not null,
  severity smallint not null,
  state text not null,
  state_data text not null,
  state_until {big},
  breaching boolean not null,
  value text,
  live boolean not null,
  raised_at {big} not null,
  changed_at {big} not null,
  actor_name text,
  revision {big} not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, device_id) references devices (tenant_id, id) on delete cascade,
  foreign key (tenant_id, client_id) references clients (tenant_id, id)
);
create unique index alerts_live on alerts (tenant_id, device_id, condition) where live;
create index alerts_by_state on alerts (tenant_id, state, raised_at, id);
create index alerts_by_severity on alerts (tenant_id, state, severity, raised_at, id);
create index alerts_by_client on alerts (tenant_id, client_id, state, raised_at, id);
create index alerts_of_device on alerts (tenant_id, device_id, raised_at, id);
create table alert_entries (
  tenant_id {uuid} not null,
  id {uuid} not null,
  alert_id {uuid} not null,
  at {big} not null,
  actor_id {uuid},
  actor_name text,
  what text not null,
  note text,
  primary key (tenant_id, id),
  foreign key (tenant_id, alert_id) references alerts (tenant_id, id) on delete cascade
);
create index alert_entries_of_alert on alert_entries (tenant_id, alert_id, at, id);
create table tracks (
  tenant_id {uuid} not null,
  device_id {uuid} not null,
  condition text not null,
  body text not null,
  quiet boolean not null,
  primary key (tenant_id, device_id, condition),
  foreign key (tenant_id, device_id) references devices (tenant_id, id) on delete cascade
);
