create table audit_entries (
  tenant_id {uuid} not null references tenants (id),
  id {uuid} not null,
  at {big} not null,
  actor_kind text not null,
  actor_id text,
  actor_name text not null,
  action text not null,
  object_kind text,
  object_id text,
  detail text,
  address text,
  primary key (tenant_id, id)
);
create index audit_entries_by_time on audit_entries (tenant_id, at, id);
