-- The audit log, the state of the mesh, and licences.

CREATE TABLE IF NOT EXISTS audit_log
(
    audit_id ulid DEFAULT generate_ulid('audit'),
    tenant_id ulid NOT NULL REFERENCES tenants ON DELETE CASCADE ON UPDATE CASCADE,
    user_id ulid NOT NULL,
    action varchar(255) NOT NULL,
    resource_type varchar(255) NOT NULL,
    resource_id varchar(255),
    resource_name varchar(255),
    target_user_id ulid,
    change_details jsonb DEFAULT '{}',
    ip_address varchar(255),
    user_agent varchar(255),
    status status_enum DEFAULT 'STATUS_SUCCESS',
    created timestamp DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (audit_id, created)
) PARTITION BY RANGE (created);

CREATE TABLE IF NOT EXISTS mesh_lsa_versions
(
    node_id bigint NOT NULL REFERENCES nodes ON DELETE CASCADE,
    version bigint NOT NULL,
    hash varchar(64) NOT NULL,
    created timestamp DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (node_id, version)
);

CREATE TABLE IF NOT EXISTS mesh_raft_groups
(
    id ulid DEFAULT generate_ulid('raft') PRIMARY KEY,
    type varchar(10) NOT NULL CHECK (type IN ('MCG', 'DSG')),
    members jsonb NOT NULL DEFAULT '[]',
    term bigint DEFAULT 0,
    leader_id bigint REFERENCES nodes ON DELETE SET NULL,
    meta jsonb DEFAULT '{}',
    created timestamp DEFAULT CURRENT_TIMESTAMP,
    updated timestamp DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE IF NOT EXISTS mesh_raft_log
(
    group_id ulid NOT NULL REFERENCES mesh_raft_groups ON DELETE CASCADE,
    log_index bigint NOT NULL,
    term bigint NOT NULL,
    payload bytea NOT NULL,
    created timestamp DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (group_id, log_index)
);

CREATE TABLE IF NOT EXISTS mesh_streams
(
    id ulid DEFAULT generate_ulid('strm') PRIMARY KEY,
    tenant_id ulid REFERENCES tenants ON DELETE CASCADE,
    src_node bigint NOT NULL REFERENCES nodes ON DELETE CASCADE,
    dst_nodes jsonb NOT NULL DEFAULT '[]',
    qos varchar(20) DEFAULT 'QOS_NORMAL' CHECK (qos IN ('QOS_CRITICAL', 'QOS_HIGH', 'QOS_NORMAL', 'QOS_LOW')),
    priority integer DEFAULT 0,
    meta jsonb DEFAULT '{}',
    created timestamp DEFAULT CURRENT_TIMESTAMP,
    updated timestamp DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE IF NOT EXISTS mesh_stream_offsets
(
    stream_id ulid NOT NULL REFERENCES mesh_streams ON DELETE CASCADE,
    node_id bigint NOT NULL REFERENCES nodes ON DELETE CASCADE,
    committed_seq bigint DEFAULT 0,
    updated timestamp DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (stream_id, node_id)
);

CREATE TABLE IF NOT EXISTS mesh_delivery_log
(
    stream_id ulid NOT NULL REFERENCES mesh_streams ON DELETE CASCADE,
    message_id ulid NOT NULL,
    src_node bigint NOT NULL REFERENCES nodes ON DELETE CASCADE,
    dst_node bigint NOT NULL REFERENCES nodes ON DELETE CASCADE,
    state status_enum DEFAULT 'STATUS_RECEIVED',
    err text DEFAULT '',
    updated timestamp DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (stream_id, message_id, dst_node)
);

CREATE TABLE IF NOT EXISTS mesh_outbox
(
    stream_id ulid NOT NULL REFERENCES mesh_streams ON DELETE CASCADE,
    message_id ulid NOT NULL,
    payload bytea NOT NULL,
    headers jsonb DEFAULT '{}',
    next_attempt timestamp DEFAULT CURRENT_TIMESTAMP,
    attempts integer DEFAULT 0,
    status status_enum DEFAULT 'STATUS_PENDING',
    created timestamp DEFAULT CURRENT_TIMESTAMP,
    updated timestamp DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (stream_id, message_id)
);

CREATE TABLE IF NOT EXISTS mesh_inbox
(
    stream_id ulid NOT NULL REFERENCES mesh_streams ON DELETE CASCADE,
    message_id ulid NOT NULL,
    payload bytea NOT NULL,
    headers jsonb DEFAULT '{}',
    received timestamp DEFAULT CURRENT_TIMESTAMP,
    processed timestamp,
    PRIMARY KEY (stream_id, message_id)
);

CREATE TABLE IF NOT EXISTS mesh_topology_snapshots
(
    version bigint PRIMARY KEY,
    graph jsonb NOT NULL,
    created timestamp DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE IF NOT EXISTS mesh_config_kv
(
    key text PRIMARY KEY,
    value jsonb NOT NULL,
    updated timestamp DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE IF NOT EXISTS mesh_event_log
(
    event_id bigserial PRIMARY KEY,
    event_type varchar(50) NOT NULL,
    originator_node bigint NOT NULL REFERENCES nodes ON DELETE CASCADE,
    affected_node bigint REFERENCES nodes ON DELETE CASCADE,
    sequence_number bigint NOT NULL,
    event_data jsonb DEFAULT '{}',
    processed boolean DEFAULT false,
    created timestamp DEFAULT CURRENT_TIMESTAMP,
    UNIQUE (originator_node, sequence_number)
);

CREATE TABLE IF NOT EXISTS mesh_table_versions
(
    table_name varchar(100) PRIMARY KEY,
    version bigint NOT NULL DEFAULT 0,
    last_updated timestamp DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE IF NOT EXISTS mesh_node_membership
(
    mesh_id bigint NOT NULL REFERENCES mesh ON DELETE CASCADE,
    node_id bigint NOT NULL REFERENCES nodes ON DELETE CASCADE,
    joined_at timestamp DEFAULT CURRENT_TIMESTAMP,
    status varchar(20) DEFAULT 'ACTIVE',
    PRIMARY KEY (mesh_id, node_id)
);

CREATE TABLE IF NOT EXISTS mesh_consensus_state
(
    mesh_id bigint PRIMARY KEY REFERENCES mesh ON DELETE CASCADE,
    total_nodes integer NOT NULL DEFAULT 0,
    online_nodes integer NOT NULL DEFAULT 0,
    split_detected boolean DEFAULT false,
    majority_side boolean DEFAULT true,
    last_consensus_check timestamp DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE IF NOT EXISTS license_keys
(
    key_id varchar(255) PRIMARY KEY,
    local_identity bigint NOT NULL,
    mesh_id bigint REFERENCES mesh,
    key_hash varchar(64) NOT NULL UNIQUE,
    features text[] NOT NULL DEFAULT '{}',
    issued_at timestamp NOT NULL,
    expires_at timestamp NOT NULL,
    active boolean DEFAULT true,
    created_at timestamp DEFAULT CURRENT_TIMESTAMP,
    updated_at timestamp DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE IF NOT EXISTS license_feature_usage
(
    feature varchar(255) NOT NULL,
    local_identity bigint NOT NULL,
    mesh_id bigint REFERENCES mesh,
    current_usage integer DEFAULT 0,
    last_updated timestamp DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (feature, local_identity, mesh_id)
);
