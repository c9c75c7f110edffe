create table software_packages (
  tenant_id {uuid} not null,
  hash {bytes} not null,
  ecosystem text not null,
  name text not null,
  version text not null,
  arch text not null,
  primary key (tenant_id, hash, ecosystem, name, version, arch),
  foreign key (tenant_id, hash) references documents (tenant_id, hash) on delete cascade
);
create index software_packages_by_name on software_packages (tenant_id, ecosystem, name, version, hash);
create table software_counts (
  tenant_id {uuid} not null,
  name text not null,
  ecosystem text not null,
  version text not null,
  client_id {uuid} not null,
  devices {big} not null,
  primary key (tenant_id, name, ecosystem, version, client_id),
  foreign key (tenant_id, client_id) references clients (tenant_id, id)
);
create index software_titles on software_counts (tenant_id, name, ecosystem, client_id, devices) where version = '';
