create table report_schedules (
  tenant_id {uuid} not null references tenants (id),
  id {uuid} not null,
  client_id {uuid},
  kind text not null,
  target text not null,
  rhythm text not null,
  hour smallint not null,
  zone text not null,
  recipients text not null,
  paused boolean not null,
  next_at {big},
  made_by {uuid} not null,
  made_by_name text not null,
  revision {big} not null,
  changed_at {big} not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, client_id) references clients (tenant_id, id)
);
create index report_schedules_next on report_schedules (tenant_id, next_at, id);
create table reports (
  tenant_id {uuid} not null references tenants (id),
  id {uuid} not null,
  client_id {uuid},
  kind text not null,
  title text not null,
  period text not null,
  from_at {big} not null,
  until_at {big} not null,
  made_at {big} not null,
  made_by text not null,
  schedule_id {uuid},
  occurrence text,
  document text not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, client_id) references clients (tenant_id, id)
);
create unique index reports_of_occurrence on reports (tenant_id, occurrence) where occurrence is not null;
create index reports_by_time on reports (tenant_id, made_at, id);
create index reports_by_client on reports (tenant_id, client_id, made_at, id);
