-- Nodes, tenants, users and what they may do.

CREATE TABLE IF NOT EXISTS localidentity
(
    identity_id bigint PRIMARY KEY
);

CREATE TABLE IF NOT EXISTS mesh
(
    mesh_id bigserial PRIMARY KEY,
    mesh_name varchar(255) NOT NULL UNIQUE,
    mesh_description text DEFAULT '',
    allow_join join_key_enum DEFAULT 'KEY_REQUIRED',
    join_key_hash text,
    status status_enum DEFAULT 'STATUS_CREATED',
    split_strategy varchar(50) DEFAULT 'SEED_NODE_PREVAILS_IN_EVEN_SPLIT',
    created timestamp DEFAULT CURRENT_TIMESTAMP,
    updated timestamp DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE IF NOT EXISTS tenants
(
    tenant_id ulid DEFAULT generate_ulid('tenant') PRIMARY KEY,
    tenant_name varchar(255) NOT NULL UNIQUE,
    tenant_description text DEFAULT '',
    tenant_url varchar(255) NOT NULL UNIQUE,
    status status_enum DEFAULT 'STATUS_HEALTHY',
    created timestamp DEFAULT CURRENT_TIMESTAMP,
    updated timestamp DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE IF NOT EXISTS regions
(
    region_id ulid DEFAULT generate_ulid('region') PRIMARY KEY,
    tenant_id ulid REFERENCES tenants ON DELETE CASCADE ON UPDATE CASCADE,
    region_name varchar(255) NOT NULL UNIQUE,
    region_description text DEFAULT '',
    region_type varchar(255) DEFAULT 'AWS',
    region_location varchar(255) DEFAULT '',
    region_latitude double precision,
    region_longitude double precision,
    global_region boolean DEFAULT false,
    status status_enum DEFAULT 'STATUS_EMPTY',
    created timestamp DEFAULT CURRENT_TIMESTAMP,
    updated timestamp DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE IF NOT EXISTS nodes
(
    node_id bigserial PRIMARY KEY,
    node_name varchar(255) NOT NULL,
    node_description text DEFAULT '',
    node_public_key bytea NOT NULL,
    node_last_seen timestamp DEFAULT CURRENT_TIMESTAMP,
    node_incarnation bigint DEFAULT 1,
    node_meta jsonb DEFAULT '{}',
    node_platform varchar(100) DEFAULT '',
    node_version varchar(100) DEFAULT '',
    region_id ulid REFERENCES regions ON DELETE SET NULL,
    ip_address inet,
    port integer,
    status status_enum DEFAULT 'STATUS_CREATED',
    seed_node boolean DEFAULT false,
    created timestamp DEFAULT CURRENT_TIMESTAMP,
    updated timestamp DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE IF NOT EXISTS routes
(
    route_id ulid DEFAULT generate_ulid('route') PRIMARY KEY,
    a_node bigint NOT NULL REFERENCES nodes ON DELETE CASCADE,
    b_node bigint NOT NULL REFERENCES nodes ON DELETE CASCADE,
    latency_ms integer DEFAULT 0,
    bandwidth_mbps integer DEFAULT 0,
    loss numeric(5, 4) DEFAULT 0.0,
    utilization numeric(5, 4) DEFAULT 0.0,
    status status_enum DEFAULT 'STATUS_CREATED',
    meta jsonb DEFAULT '{}',
    created timestamp DEFAULT CURRENT_TIMESTAMP,
    updated timestamp DEFAULT CURRENT_TIMESTAMP,
    UNIQUE (a_node, b_node)
);

CREATE TABLE IF NOT EXISTS users
(
    user_id ulid DEFAULT generate_ulid('user') PRIMARY KEY,
    tenant_id ulid NOT NULL REFERENCES tenants ON DELETE CASCADE ON UPDATE CASCADE,
    user_email varchar(255) NOT NULL UNIQUE,
    user_name varchar(255) DEFAULT '',
    user_password_hash varchar(255) NOT NULL,
    user_enabled boolean DEFAULT true,
    password_changed timestamp DEFAULT CURRENT_TIMESTAMP,
    created timestamp DEFAULT CURRENT_TIMESTAMP,
    updated timestamp DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE IF NOT EXISTS user_jwt_tokens
(
    user_id ulid NOT NULL REFERENCES users ON DELETE CASCADE ON UPDATE CASCADE,
    session_id text NOT NULL DEFAULT substring(md5(random()::text || clock_timestamp()::text), 1, 16),
    refresh_token text NOT NULL UNIQUE,
    access_token text NOT NULL UNIQUE,
    session_name text DEFAULT '',
    session_agent text DEFAULT '',
    session_ip_address text DEFAULT '',
    session_platform text DEFAULT '',
    session_browser text DEFAULT '',
    session_os text DEFAULT '',
    session_device_type text DEFAULT 'unknown',
    session_location text DEFAULT '',
    last_activity timestamp DEFAULT CURRENT_TIMESTAMP,
    created timestamp DEFAULT CURRENT_TIMESTAMP,
    updated timestamp DEFAULT CURRENT_TIMESTAMP,
    expires timestamp DEFAULT CURRENT_TIMESTAMP + INTERVAL '24 hours',
    PRIMARY KEY (user_id, session_id)
);

CREATE TABLE IF NOT EXISTS apitokens
(
    apitoken_id ulid DEFAULT generate_ulid('apitoken') PRIMARY KEY,
    tenant_id ulid NOT NULL REFERENCES tenants ON DELETE CASCADE ON UPDATE CASCADE,
    user_id ulid NOT NULL REFERENCES users ON DELETE CASCADE ON UPDATE CASCADE,
    apitoken_name varchar(255) NOT NULL,
    apitoken_description text DEFAULT '',
    apitoken_key text NOT NULL UNIQUE,
    apitoken_enabled boolean DEFAULT true,
    apitoken_auto_expires boolean DEFAULT true,
    apitoken_expiry_time_days integer DEFAULT 90,
    apitoken_key_cycled timestamp DEFAULT CURRENT_TIMESTAMP,
    owner_id ulid NOT NULL REFERENCES users ON DELETE CASCADE ON UPDATE CASCADE,
    created timestamp DEFAULT CURRENT_TIMESTAMP,
    updated timestamp DEFAULT CURRENT_TIMESTAMP,
    UNIQUE (user_id, apitoken_name)
);

CREATE TABLE IF NOT EXISTS groups
(
    group_id ulid DEFAULT generate_ulid('group') PRIMARY KEY,
    tenant_id ulid NOT NULL REFERENCES tenants ON DELETE CASCADE ON UPDATE CASCADE,
    group_name varchar(255) NOT NULL,
    group_description text DEFAULT '',
    parent_group_id ulid REFERENCES groups,
    owner_id ulid NOT NULL REFERENCES users ON DELETE CASCADE ON UPDATE CASCADE,
    created timestamp DEFAULT CURRENT_TIMESTAMP,
    updated timestamp DEFAULT CURRENT_TIMESTAMP,
    UNIQUE (tenant_id, group_name)
);

CREATE TABLE IF NOT EXISTS roles
(
    role_id ulid DEFAULT generate_ulid('role') PRIMARY KEY,
    tenant_id ulid NOT NULL REFERENCES tenants ON DELETE CASCADE ON UPDATE CASCADE,
    role_name varchar(255) NOT NULL,
    role_description text DEFAULT '',
    owner_id ulid NOT NULL REFERENCES users ON DELETE CASCADE ON UPDATE CASCADE,
    created timestamp DEFAULT CURRENT_TIMESTAMP,
    updated timestamp DEFAULT CURRENT_TIMESTAMP,
    UNIQUE (tenant_id, role_name)
);

CREATE TABLE IF NOT EXISTS permissions
(
    permission_id ulid DEFAULT generate_ulid('perm') PRIMARY KEY,
    tenant_id ulid NOT NULL REFERENCES tenants ON DELETE CASCADE ON UPDATE CASCADE,
    action varchar(255) NOT NULL,
    resource varchar(255) NOT NULL,
    scope varchar(255) DEFAULT '*',
    constraints jsonb DEFAULT '{}',
    conditions jsonb DEFAULT '{}',
    owner_id ulid NOT NULL REFERENCES users ON DELETE CASCADE ON UPDATE CASCADE,
    created timestamp DEFAULT CURRENT_TIMESTAMP,
    updated timestamp DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE IF NOT EXISTS user_groups
(
    tenant_id ulid NOT NULL REFERENCES tenants ON DELETE CASCADE ON UPDATE CASCADE,
    user_id ulid NOT NULL REFERENCES users ON DELETE CASCADE ON UPDATE CASCADE,
    group_id ulid NOT NULL REFERENCES groups ON DELETE CASCADE ON UPDATE CASCADE,
    granted_by ulid NOT NULL REFERENCES users ON DELETE CASCADE ON UPDATE CASCADE,
    granted_at timestamp DEFAULT CURRENT_TIMESTAMP,
    owner_id ulid NOT NULL REFERENCES users,
    created timestamp DEFAULT CURRENT_TIMESTAMP,
    updated timestamp DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (tenant_id, user_id, group_id)
);

CREATE TABLE IF NOT EXISTS user_roles
(
    tenant_id ulid NOT NULL REFERENCES tenants ON DELETE CASCADE ON UPDATE CASCADE,
    user_id ulid NOT NULL REFERENCES users ON DELETE CASCADE ON UPDATE CASCADE,
    role_id ulid NOT NULL REFERENCES roles ON DELETE CASCADE ON UPDATE CASCADE,
    granted_by ulid NOT NULL REFERENCES users ON DELETE CASCADE ON UPDATE CASCADE,
    granted_at timestamp DEFAULT CURRENT_TIMESTAMP,
    expires_at timestamp,
    owner_id ulid NOT NULL REFERENCES users,
    created timestamp DEFAULT CURRENT_TIMESTAMP,
    updated timestamp DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (tenant_id, user_id, role_id)
);

CREATE TABLE IF NOT EXISTS group_roles
(
    tenant_id ulid NOT NULL REFERENCES tenants ON DELETE CASCADE ON UPDATE CASCADE,
    group_id ulid NOT NULL REFERENCES groups ON DELETE CASCADE ON UPDATE CASCADE,
    role_id ulid NOT NULL REFERENCES roles ON DELETE CASCADE ON UPDATE CASCADE,
    granted_by ulid NOT NULL REFERENCES users ON DELETE CASCADE ON UPDATE CASCADE,
    granted_at timestamp DEFAULT CURRENT_TIMESTAMP,
    expires_at timestamp,
    owner_id ulid NOT NULL REFERENCES users,
    created timestamp DEFAULT CURRENT_TIMESTAMP,
    updated timestamp DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (tenant_id, group_id, role_id)
);

CREATE TABLE IF NOT EXISTS role_permissions
(
    tenant_id ulid NOT NULL REFERENCES tenants ON DELETE CASCADE ON UPDATE CASCADE,
    role_id ulid NOT NULL REFERENCES roles ON DELETE CASCADE ON UPDATE CASCADE,
    permission_id ulid NOT NULL REFERENCES permissions ON DELETE CASCADE ON UPDATE CASCADE,
    owner_id ulid NOT NULL REFERENCES users ON DELETE CASCADE ON UPDATE CASCADE,
    created timestamp DEFAULT CURRENT_TIMESTAMP,
    updated timestamp DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (tenant_id, role_id, permission_id)
);

CREATE TABLE IF NOT EXISTS role_templates
(
    template_id ulid DEFAULT generate_ulid('template') PRIMARY KEY,
    template_name varchar(255) NOT NULL UNIQUE,
    template_description text DEFAULT '',
    template_category varchar(255) DEFAULT 'general',
    template_metadata jsonb DEFAULT '{}',
    created timestamp DEFAULT CURRENT_TIMESTAMP,
    updated timestamp DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE IF NOT EXISTS template_permissions
(
    template_id ulid NOT NULL REFERENCES role_templates ON DELETE CASCADE ON UPDATE CASCADE,
    permission_id ulid NOT NULL REFERENCES permissions ON DELETE CASCADE ON UPDATE CASCADE,
    created timestamp DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (template_id, permission_id)
);
