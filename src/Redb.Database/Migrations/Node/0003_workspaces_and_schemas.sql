-- Satellites, anchors and streams; workspaces with their databases, repositories and schemas.

CREATE TABLE IF NOT EXISTS satellites
(
    satellite_id ulid DEFAULT generate_ulid('satellite') PRIMARY KEY,
    tenant_id ulid NOT NULL REFERENCES tenants ON DELETE CASCADE ON UPDATE CASCADE,
    satellite_name varchar(255) NOT NULL UNIQUE,
    satellite_description text DEFAULT '',
    satellite_platform varchar(255) DEFAULT 'linux-amd64',
    satellite_version varchar(255) DEFAULT '1.0.0',
    satellite_region_id ulid REFERENCES regions,
    satellite_ip_address varchar(255) NOT NULL,
    connected_to_node_id bigint NOT NULL REFERENCES nodes,
    owner_id ulid NOT NULL REFERENCES users ON DELETE CASCADE ON UPDATE CASCADE,
    status status_enum DEFAULT 'STATUS_PENDING',
    created timestamp DEFAULT CURRENT_TIMESTAMP,
    updated timestamp DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE IF NOT EXISTS anchors
(
    anchor_id ulid DEFAULT generate_ulid('anchor') PRIMARY KEY,
    tenant_id ulid NOT NULL REFERENCES tenants ON DELETE CASCADE ON UPDATE CASCADE,
    anchor_name varchar(255) NOT NULL UNIQUE,
    anchor_description text DEFAULT '',
    anchor_platform varchar(255) DEFAULT 'linux-amd64',
    anchor_version varchar(255) DEFAULT '1.0.0',
    anchor_region_id ulid REFERENCES regions,
    anchor_ip_address varchar(255) NOT NULL,
    connected_to_node_id bigint REFERENCES nodes,
    owner_id ulid NOT NULL REFERENCES users ON DELETE CASCADE ON UPDATE CASCADE,
    status status_enum DEFAULT 'STATUS_PENDING',
    created timestamp DEFAULT CURRENT_TIMESTAMP,
    updated timestamp DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE IF NOT EXISTS streams
(
    stream_id ulid DEFAULT generate_ulid('stream') PRIMARY KEY,
    tenant_id ulid NOT NULL REFERENCES tenants ON DELETE CASCADE ON UPDATE CASCADE,
    stream_name varchar(255) NOT NULL UNIQUE,
    stream_description text DEFAULT '',
    stream_platform varchar(255) DEFAULT 'kafka',
    stream_version varchar(255) DEFAULT '1.0.0',
    stream_region_id ulid REFERENCES regions,
    connection_config jsonb NOT NULL DEFAULT '{}',
    credential_key text DEFAULT '',
    stream_metadata jsonb NOT NULL DEFAULT '{}',
    monitored_topics jsonb DEFAULT '[]',
    connected_to_node_id bigint NOT NULL REFERENCES nodes,
    owner_id ulid NOT NULL REFERENCES users ON DELETE CASCADE ON UPDATE CASCADE,
    status status_enum DEFAULT 'STATUS_PENDING',
    created timestamp DEFAULT CURRENT_TIMESTAMP,
    updated timestamp DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE IF NOT EXISTS policies
(
    policy_id ulid DEFAULT generate_ulid('policy') PRIMARY KEY,
    tenant_id ulid NOT NULL REFERENCES tenants ON DELETE CASCADE ON UPDATE CASCADE,
    policy_name varchar(255) NOT NULL,
    policy_description text DEFAULT '',
    policy_object jsonb DEFAULT '{}',
    owner_id ulid NOT NULL REFERENCES users ON DELETE CASCADE ON UPDATE CASCADE,
    created timestamp DEFAULT CURRENT_TIMESTAMP,
    updated timestamp DEFAULT CURRENT_TIMESTAMP,
    UNIQUE (tenant_id, policy_name)
);

CREATE TABLE IF NOT EXISTS workspaces
(
    workspace_id ulid DEFAULT generate_ulid('ws') PRIMARY KEY,
    tenant_id ulid NOT NULL REFERENCES tenants ON DELETE CASCADE ON UPDATE CASCADE,
    workspace_name varchar(255) NOT NULL,
    workspace_description text DEFAULT '',
    policy_ids ulid[] DEFAULT '{}',
    owner_id ulid NOT NULL REFERENCES users ON DELETE CASCADE ON UPDATE CASCADE,
    status status_enum DEFAULT 'STATUS_CREATED',
    created timestamp DEFAULT CURRENT_TIMESTAMP,
    updated timestamp DEFAULT CURRENT_TIMESTAMP,
    UNIQUE (tenant_id, workspace_name)
);

CREATE TABLE IF NOT EXISTS environments
(
    environment_id ulid DEFAULT generate_ulid('env') PRIMARY KEY,
    tenant_id ulid NOT NULL REFERENCES tenants ON DELETE CASCADE ON UPDATE CASCADE,
    workspace_id ulid NOT NULL REFERENCES workspaces ON DELETE CASCADE ON UPDATE CASCADE,
    environment_name varchar(255) NOT NULL,
    environment_description text DEFAULT '',
    environment_is_production boolean DEFAULT false,
    environment_criticality integer DEFAULT 0,
    environment_priority integer DEFAULT 0,
    policy_ids ulid[] DEFAULT '{}',
    owner_id ulid NOT NULL REFERENCES users ON DELETE CASCADE ON UPDATE CASCADE,
    status status_enum DEFAULT 'STATUS_EMPTY',
    created timestamp DEFAULT CURRENT_TIMESTAMP,
    updated timestamp DEFAULT CURRENT_TIMESTAMP,
    UNIQUE (workspace_id, environment_name)
);

CREATE TABLE IF NOT EXISTS instances
(
    instance_id ulid DEFAULT generate_ulid('instance') PRIMARY KEY,
    tenant_id ulid NOT NULL REFERENCES tenants ON DELETE CASCADE ON UPDATE CASCADE,
    workspace_id ulid NOT NULL REFERENCES workspaces ON DELETE CASCADE ON UPDATE CASCADE,
    environment_id ulid REFERENCES environments ON DELETE SET NULL ON UPDATE CASCADE,
    connected_to_node_id bigint REFERENCES nodes ON DELETE SET NULL ON UPDATE CASCADE,
    instance_name varchar(255) NOT NULL UNIQUE,
    instance_description text DEFAULT '',
    instance_type varchar(255) NOT NULL,
    instance_vendor varchar(255) DEFAULT 'generic',
    instance_version varchar(255) DEFAULT '',
    instance_unique_identifier varchar(255) NOT NULL UNIQUE,
    instance_host varchar(255) NOT NULL,
    instance_port integer NOT NULL,
    instance_username varchar(255) NOT NULL,
    instance_password text NOT NULL,
    instance_system_db_name varchar(255) NOT NULL,
    instance_enabled boolean DEFAULT true,
    instance_ssl boolean DEFAULT false,
    instance_ssl_mode varchar(255) DEFAULT 'disable',
    instance_ssl_cert varchar(255),
    instance_ssl_key varchar(255),
    instance_ssl_root_cert varchar(255),
    policy_ids ulid[] NOT NULL DEFAULT '{}',
    instance_metadata jsonb NOT NULL DEFAULT '{}',
    instance_databases jsonb NOT NULL DEFAULT '{}',
    owner_id ulid NOT NULL REFERENCES users ON DELETE CASCADE ON UPDATE CASCADE,
    instance_status_message varchar(255) DEFAULT '',
    status status_enum DEFAULT 'STATUS_PENDING',
    created timestamp DEFAULT CURRENT_TIMESTAMP,
    updated timestamp DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE IF NOT EXISTS databases
(
    database_id ulid DEFAULT generate_ulid('db') PRIMARY KEY,
    tenant_id ulid NOT NULL REFERENCES tenants ON DELETE CASCADE ON UPDATE CASCADE,
    workspace_id ulid NOT NULL REFERENCES workspaces ON DELETE CASCADE ON UPDATE CASCADE,
    environment_id ulid REFERENCES environments ON DELETE SET NULL ON UPDATE CASCADE,
    connected_to_node_id bigint REFERENCES nodes ON DELETE SET NULL ON UPDATE CASCADE,
    instance_id ulid NOT NULL REFERENCES instances ON DELETE CASCADE ON UPDATE CASCADE,
    database_name varchar(255) NOT NULL,
    database_description text DEFAULT '',
    database_type varchar(255) NOT NULL,
    database_vendor varchar(255) DEFAULT 'generic',
    database_version varchar(255) DEFAULT '',
    database_username varchar(255) NOT NULL,
    database_password text NOT NULL,
    database_db_name varchar(255) NOT NULL,
    database_enabled boolean DEFAULT true,
    policy_ids ulid[] NOT NULL DEFAULT '{}',
    database_metadata jsonb NOT NULL DEFAULT '{}',
    database_schema jsonb NOT NULL DEFAULT '{}',
    database_tables jsonb NOT NULL DEFAULT '{}',
    owner_id ulid NOT NULL REFERENCES users ON DELETE CASCADE ON UPDATE CASCADE,
    database_status_message varchar(255) DEFAULT '',
    status status_enum DEFAULT 'STATUS_PENDING',
    created timestamp DEFAULT CURRENT_TIMESTAMP,
    updated timestamp DEFAULT CURRENT_TIMESTAMP,
    UNIQUE (workspace_id, database_name)
);

CREATE TABLE IF NOT EXISTS repos
(
    repo_id ulid DEFAULT generate_ulid('repo') PRIMARY KEY,
    tenant_id ulid NOT NULL REFERENCES tenants ON DELETE CASCADE ON UPDATE CASCADE,
    workspace_id ulid NOT NULL REFERENCES workspaces ON DELETE CASCADE ON UPDATE CASCADE,
    repo_name varchar(255) NOT NULL,
    repo_description text NOT NULL DEFAULT '',
    policy_ids ulid[] NOT NULL DEFAULT '{}',
    owner_id ulid NOT NULL REFERENCES users ON DELETE CASCADE ON UPDATE CASCADE,
    status status_enum NOT NULL DEFAULT 'STATUS_EMPTY',
    created timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    UNIQUE (workspace_id, repo_name)
);

CREATE TABLE IF NOT EXISTS branches
(
    branch_id ulid DEFAULT generate_ulid('branch') PRIMARY KEY,
    tenant_id ulid NOT NULL REFERENCES tenants ON DELETE CASCADE ON UPDATE CASCADE,
    workspace_id ulid NOT NULL REFERENCES workspaces ON DELETE CASCADE ON UPDATE CASCADE,
    repo_id ulid NOT NULL REFERENCES repos ON DELETE CASCADE ON UPDATE CASCADE,
    branch_name varchar(255) NOT NULL DEFAULT 'main',
    parent_branch_id ulid REFERENCES branches ON DELETE SET NULL ON UPDATE CASCADE,
    connected_to_database boolean NOT NULL DEFAULT false,
    connected_database_id ulid REFERENCES databases ON DELETE SET NULL ON UPDATE CASCADE,
    policy_ids ulid[] NOT NULL DEFAULT '{}',
    status status_enum NOT NULL DEFAULT 'STATUS_EMPTY',
    created timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE IF NOT EXISTS commits
(
    commit_id serial PRIMARY KEY,
    tenant_id ulid NOT NULL REFERENCES tenants ON DELETE CASCADE ON UPDATE CASCADE,
    workspace_id ulid NOT NULL REFERENCES workspaces ON DELETE CASCADE ON UPDATE CASCADE,
    repo_id ulid NOT NULL REFERENCES repos ON DELETE CASCADE ON UPDATE CASCADE,
    branch_id ulid NOT NULL REFERENCES branches ON DELETE CASCADE ON UPDATE CASCADE,
    commit_code varchar(8) NOT NULL DEFAULT "substring"(md5(random()::text || clock_timestamp()::text), 1, 8) UNIQUE,
    commit_is_head boolean NOT NULL DEFAULT true,
    commit_message text NOT NULL DEFAULT '',
    schema_type varchar(255) NOT NULL DEFAULT 'unified',
    schema_structure jsonb NOT NULL DEFAULT '{}',
    policy_ids ulid[] NOT NULL DEFAULT '{}',
    created timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP
);
