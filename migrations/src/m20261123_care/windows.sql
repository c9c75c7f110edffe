create table windows (
  tenant_id {uuid} not null references tenants (id),
  id {uuid} not null,
  level text not null,
  subject_id {uuid} not null,
  client_id {uuid},
  name text not null,
  document text not null,
  weekly boolean not null,
  suppresses boolean not null,
  begins_at {big} not null,
  ends_at {big} not null,
  revision {big} not null,
  changed_at {big} not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, client_id) references clients (tenant_id, id)
);
create index windows_of_subject on windows (tenant_id, subject_id, ends_at);
create index windows_by_time on windows (tenant_id, begins_at, id);
