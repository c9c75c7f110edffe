create table clients (
  tenant_id {uuid} not null references tenants (id),
  id {uuid} not null,
  name text not null,
  created_at {big} not null,
  primary key (tenant_id, id),
  unique (tenant_id, name)
);
create table sites (
  tenant_id {uuid} not null,
  id {uuid} not null,
  client_id {uuid} not null,
  name text not null,
  created_at {big} not null,
  primary key (tenant_id, id),
  unique (tenant_id, client_id, name),
  unique (tenant_id, client_id, id),
  foreign key (tenant_id, client_id) references clients (tenant_id, id)
);
create table people (
  tenant_id {uuid} not null references tenants (id),
  id {uuid} not null,
  email text not null,
  name text not null,
  password_hash text,
  time_zone text not null,
  created_at {big} not null,
  disabled_at {big},
  primary key (tenant_id, id),
  unique (tenant_id, email)
);
create table memberships (
  tenant_id {uuid} not null,
  person_id {uuid} not null,
  role text not null,
  all_clients boolean not null,
  client_id {uuid},
  primary key (tenant_id, person_id),
  foreign key (tenant_id, person_id) references people (tenant_id, id) on delete cascade,
  foreign key (tenant_id, client_id) references clients (tenant_id, id)
);
create table access_groups (
  tenant_id {uuid} not null references tenants (id),
  id {uuid} not null,
  name text not null,
  primary key (tenant_id, id),
  unique (tenant_id, name)
);
create table access_group_clients (
  tenant_id {uuid} not null,
  access_group_id {uuid} not null,
  client_id {uuid} not null,
  primary key (tenant_id, access_group_id, client_id),
  foreign key (tenant_id, access_group_id) references access_groups (tenant_id, id) on delete cascade,
  foreign key (tenant_id, client_id) references clients (tenant_id, id)
);
create table membership_access_groups (
  tenant_id {uuid} not null,
  person_id {uuid} not null,
  access_group_id {uuid} not null,
  primary key (tenant_id, person_id, access_group_id),
  foreign key (tenant_id, person_id) references memberships (tenant_id, person_id) on delete cascade,
  foreign key (tenant_id, access_group_id) references access_groups (tenant_id, id) on delete cascade
);
create table sessions (
  tenant_id {uuid} not null,
  id_hash {bytes} not null,
  id {uuid} not null,
  person_id {uuid} not null,
  created_at {big} not null,
  seen_at {big} not null,
  data text not null,
  address text not null,
  browser text not null,
  primary key (tenant_id, id_hash),
  unique (tenant_id, id),
  foreign key (tenant_id, person_id) references people (tenant_id, id) on delete cascade
);
create index sessions_of_person on sessions (tenant_id, person_id, seen_at);
create table sign_in_attempts (
  tenant_id {uuid} not null references tenants (id),
  kind text not null,
  key_hash {bytes} not null,
  fails {big} not null,
  first_at {big} not null,
  last_at {big} not null,
  primary key (tenant_id, kind, key_hash)
);
