create table signing_keys (
  tenant_id {uuid} not null references tenants (id),
  id {uuid} not null,
  secret {bytes} not null,
  public {bytes} not null,
  created_at {big} not null,
  primary key (tenant_id, id)
);
create table commands (
  tenant_id {uuid} not null,
  id {uuid} not null,
  device_id {uuid} not null,
  kind text not null,
  spec text not null,
  state text not null,
  reason text,
  person_id {uuid},
  person_name text not null,
  created_at {big} not null,
  expires_at {big} not null,
  fetched_at {big},
  started_at {big},
  ended_at {big},
  told {big} not null,
  progress text,
  exit_code integer,
  output text,
  output_cut boolean not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, device_id) references devices (tenant_id, id) on delete cascade
);
create index commands_of_device on commands (tenant_id, device_id, created_at, id);
create index commands_open on commands (tenant_id, state, device_id);
alter table agent_keys add column allows_changes smallint not null default -1;
alter table agent_keys add column polled_at {big};
