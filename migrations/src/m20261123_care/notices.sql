create table channels (
  tenant_id {uuid} not null references tenants (id),
  id {uuid} not null,
  name text not null,
  active boolean not null,
  kind text not null,
  target text not null,
  secret text,
  revision {big} not null,
  created_at {big} not null,
  primary key (tenant_id, id)
);
create table routes (
  tenant_id {uuid} not null references tenants (id),
  id {uuid} not null,
  name text not null,
  active boolean not null,
  least smallint not null,
  clients text not null,
  on_raise boolean not null,
  on_resolve boolean not null,
  channel_id {uuid} not null,
  revision {big} not null,
  created_at {big} not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, channel_id) references channels (tenant_id, id) on delete cascade
);
create index routes_of_channel on routes (tenant_id, channel_id);
create table deliveries (
  tenant_id {uuid} not null references tenants (id),
  id {uuid} not null,
  client_id {uuid},
  channel_id {uuid},
  channel_name text,
  alert_id {uuid},
  what text not null,
  kind text not null,
  recipient text not null,
  from_name text not null,
  subject text not null,
  body text not null,
  html text,
  attachment text,
  state text not null,
  tried integer not null,
  last_error text,
  created_at {big} not null,
  sent_at {big},
  next_at {big},
  primary key (tenant_id, id),
  foreign key (tenant_id, client_id) references clients (tenant_id, id)
);
create index deliveries_by_time on deliveries (tenant_id, created_at, id);
create index deliveries_by_state on deliveries (tenant_id, state, created_at, id);
create index deliveries_of_channel on deliveries (tenant_id, channel_id, created_at, id);
create table notices (
  tenant_id {uuid} not null,
  alert_id {uuid} not null,
  occasion text not null,
  decided_at {big} not null,
  decisions text not null,
  primary key (tenant_id, alert_id, occasion),
  foreign key (tenant_id, alert_id) references alerts (tenant_id, id) on delete cascade
);
