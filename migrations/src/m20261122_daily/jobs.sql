create table job_lanes (
  priority smallint not null,
  tenant_id {uuid} not null references tenants (id),
  due_at {big} not null,
  served_at {big} not null,
  parked {big} not null,
  primary key (priority, tenant_id)
);
create index job_lanes_by_due on job_lanes (priority, due_at);
create table jobs (
  tenant_id {uuid} not null references tenants (id),
  id {uuid} not null,
  kind text not null,
  subject text not null,
  actor_id {uuid},
  priority smallint not null,
  state text not null,
  due_at {big},
  attempts integer not null,
  lease {uuid},
  again_at {big},
  error text,
  created_at {big} not null,
  primary key (tenant_id, id),
  unique (tenant_id, kind, subject)
);
create index jobs_by_due on jobs (tenant_id, priority, due_at);
