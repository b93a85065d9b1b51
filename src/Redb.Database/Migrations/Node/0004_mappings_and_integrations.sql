-- Mappings, replication, transformations, integrations and MCP.

CREATE TABLE IF NOT EXISTS mappings
(
    mapping_id ulid DEFAULT generate_ulid('map') PRIMARY KEY,
    tenant_id ulid NOT NULL REFERENCES tenants ON DELETE CASCADE ON UPDATE CASCADE,
    workspace_id ulid NOT NULL REFERENCES workspaces ON DELETE CASCADE ON UPDATE CASCADE,
    mapping_name varchar(255) NOT NULL,
    mapping_description text DEFAULT '',
    mapping_type varchar(255) NOT NULL DEFAULT 'table',
    mapping_source_type varchar(255),
    mapping_target_type varchar(255),
    mapping_source_identifier varchar(255),
    mapping_target_identifier varchar(255),
    mapping_source_container_id ulid,
    mapping_target_container_id ulid,
    mapping_object jsonb DEFAULT '{}',
    policy_ids ulid[] DEFAULT '{}',
    owner_id ulid NOT NULL REFERENCES users ON DELETE CASCADE ON UPDATE CASCADE,
    validated boolean DEFAULT false,
    validated_at timestamp DEFAULT NULL,
    validation_errors jsonb DEFAULT '[]',
    validation_warnings jsonb DEFAULT '[]',
    created timestamp DEFAULT CURRENT_TIMESTAMP,
    updated timestamp DEFAULT CURRENT_TIMESTAMP,
    UNIQUE (workspace_id, mapping_name)
);

CREATE TABLE IF NOT EXISTS mapping_rules
(
    mapping_rule_id ulid DEFAULT generate_ulid('maprule') PRIMARY KEY,
    tenant_id ulid NOT NULL REFERENCES tenants ON DELETE CASCADE ON UPDATE CASCADE,
    workspace_id ulid NOT NULL REFERENCES workspaces ON DELETE CASCADE ON UPDATE CASCADE,
    mapping_rule_name varchar(255) NOT NULL,
    mapping_rule_description text NOT NULL DEFAULT '',
    mapping_rule_metadata jsonb NOT NULL DEFAULT '{}',
    mapping_rule_workflow_type varchar(50) DEFAULT 'simple',
    mapping_rule_cardinality varchar(50) DEFAULT 'one-to-one' CHECK (mapping_rule_cardinality IN ('one-to-one', 'one-to-many', 'many-to-one', 'many-to-many', 'generator', 'sink')),
    owner_id ulid NOT NULL REFERENCES users ON DELETE CASCADE ON UPDATE CASCADE,
    created timestamp DEFAULT CURRENT_TIMESTAMP,
    updated timestamp DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE IF NOT EXISTS mapping_rule_mappings
(
    mapping_rule_id ulid NOT NULL REFERENCES mapping_rules ON DELETE CASCADE ON UPDATE CASCADE,
    mapping_id ulid NOT NULL REFERENCES mappings ON DELETE CASCADE ON UPDATE CASCADE,
    mapping_rule_order integer NOT NULL DEFAULT 0,
    created timestamp DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (mapping_rule_id, mapping_id)
);

CREATE TABLE IF NOT EXISTS mapping_rule_source_items
(
    mapping_rule_id ulid NOT NULL REFERENCES mapping_rules ON DELETE CASCADE ON UPDATE CASCADE,
    resource_item_id ulid NOT NULL,
    item_order integer NOT NULL DEFAULT 0,
    created timestamp DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (mapping_rule_id, resource_item_id)
);

CREATE TABLE IF NOT EXISTS mapping_rule_target_items
(
    mapping_rule_id ulid NOT NULL REFERENCES mapping_rules ON DELETE CASCADE ON UPDATE CASCADE,
    resource_item_id ulid NOT NULL,
    item_order integer NOT NULL DEFAULT 0,
    created timestamp DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (mapping_rule_id, resource_item_id)
);

CREATE TABLE IF NOT EXISTS mapping_filters
(
    filter_id ulid DEFAULT generate_ulid('filter') PRIMARY KEY,
    mapping_id ulid NOT NULL REFERENCES mappings ON DELETE CASCADE ON UPDATE CASCADE,
    filter_type varchar(50) NOT NULL CHECK (filter_type IN ('where_clause', 'column_condition', 'json_path', 'null_check', 'range')),
    filter_expression jsonb NOT NULL,
    filter_order integer NOT NULL DEFAULT 0,
    filter_operator varchar(10) NOT NULL DEFAULT 'AND' CHECK (filter_operator IN ('AND', 'OR')),
    created timestamp DEFAULT CURRENT_TIMESTAMP,
    updated timestamp DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE IF NOT EXISTS relationships
(
    relationship_id ulid DEFAULT generate_ulid('rel') PRIMARY KEY,
    tenant_id ulid NOT NULL REFERENCES tenants ON DELETE CASCADE ON UPDATE CASCADE,
    workspace_id ulid NOT NULL REFERENCES workspaces ON DELETE CASCADE ON UPDATE CASCADE,
    relationship_name varchar(255) NOT NULL,
    relationship_description text DEFAULT '',
    relationship_type varchar(255) DEFAULT 'replication',
    relationship_source_type varchar(255) DEFAULT 'table',
    relationship_target_type varchar(255) DEFAULT 'table',
    relationship_source_database_id ulid NOT NULL REFERENCES databases ON DELETE CASCADE ON UPDATE CASCADE,
    relationship_source_table_name varchar(255) NOT NULL,
    relationship_target_database_id ulid NOT NULL REFERENCES databases ON DELETE CASCADE ON UPDATE CASCADE,
    relationship_target_table_name varchar(255) NOT NULL,
    mapping_id ulid NOT NULL REFERENCES mappings,
    policy_ids ulid[] DEFAULT '{}',
    owner_id ulid NOT NULL REFERENCES users ON DELETE CASCADE ON UPDATE CASCADE,
    status_message varchar(255) DEFAULT '',
    status status_enum DEFAULT 'STATUS_PENDING',
    created timestamp DEFAULT CURRENT_TIMESTAMP,
    updated timestamp DEFAULT CURRENT_TIMESTAMP,
    UNIQUE (workspace_id, relationship_name)
);

CREATE TABLE IF NOT EXISTS replication_sources
(
    replication_source_id ulid DEFAULT generate_ulid('cdcs') PRIMARY KEY,
    tenant_id ulid NOT NULL REFERENCES tenants ON DELETE CASCADE ON UPDATE CASCADE,
    workspace_id ulid NOT NULL REFERENCES workspaces ON DELETE CASCADE ON UPDATE CASCADE,
    database_id ulid NOT NULL REFERENCES databases ON DELETE CASCADE ON UPDATE CASCADE,
    table_name varchar(255) NOT NULL,
    relationship_id ulid NOT NULL REFERENCES relationships ON DELETE CASCADE ON UPDATE CASCADE,
    publication_name varchar(255) NOT NULL,
    slot_name varchar(255) NOT NULL,
    cdc_connection_id varchar(255) DEFAULT '',
    cdc_position text DEFAULT '',
    cdc_state jsonb DEFAULT '{}',
    events_processed bigint DEFAULT 0,
    events_pending bigint DEFAULT 0,
    last_event_timestamp timestamp,
    last_sync_timestamp timestamp,
    target_database_id ulid REFERENCES databases ON DELETE CASCADE ON UPDATE CASCADE,
    target_table_name varchar(255) DEFAULT '',
    mapping_rules jsonb DEFAULT '{}',
    status_message varchar(255) DEFAULT '',
    status status_enum DEFAULT 'STATUS_PENDING',
    created timestamp DEFAULT CURRENT_TIMESTAMP,
    updated timestamp DEFAULT CURRENT_TIMESTAMP,
    UNIQUE (workspace_id, database_id, table_name)
);

CREATE TABLE IF NOT EXISTS transformations
(
    transformation_id ulid DEFAULT generate_ulid('transform') PRIMARY KEY,
    tenant_id ulid NOT NULL REFERENCES tenants ON DELETE CASCADE ON UPDATE CASCADE,
    transformation_name varchar(255) NOT NULL,
    transformation_description text DEFAULT '',
    transformation_type varchar(255) DEFAULT 'mutate',
    transformation_version varchar(255) DEFAULT '1.0.0',
    transformation_function text DEFAULT '',
    transformation_cardinality varchar(50) DEFAULT 'one-to-one',
    requires_input boolean DEFAULT true,
    produces_output boolean DEFAULT true,
    transformation_implementation text DEFAULT '',
    transformation_metadata jsonb DEFAULT '{}',
    transformation_enabled boolean DEFAULT false,
    owner_id ulid NOT NULL REFERENCES users ON DELETE CASCADE ON UPDATE CASCADE,
    created timestamp DEFAULT CURRENT_TIMESTAMP,
    updated timestamp DEFAULT CURRENT_TIMESTAMP,
    UNIQUE (tenant_id, transformation_name)
);

CREATE TABLE IF NOT EXISTS transformation_io_definitions
(
    io_id ulid DEFAULT generate_ulid('tfio') PRIMARY KEY,
    transformation_id ulid NOT NULL REFERENCES transformations ON DELETE CASCADE ON UPDATE CASCADE,
    io_type varchar(10) NOT NULL CHECK (io_type IN ('input', 'output')),
    io_name varchar(255) NOT NULL,
    io_data_type varchar(100) NOT NULL,
    is_mandatory boolean DEFAULT true,
    is_array boolean DEFAULT false,
    default_value jsonb DEFAULT NULL,
    description text DEFAULT '',
    validation_rules jsonb DEFAULT '{}',
    created timestamp DEFAULT CURRENT_TIMESTAMP,
    updated timestamp DEFAULT CURRENT_TIMESTAMP,
    UNIQUE (transformation_id, io_type, io_name)
);

CREATE TABLE IF NOT EXISTS transformation_workflow_nodes
(
    node_id ulid DEFAULT generate_ulid('tfnode') PRIMARY KEY,
    mapping_rule_id ulid NOT NULL REFERENCES mapping_rules ON DELETE CASCADE ON UPDATE CASCADE,
    node_type varchar(20) NOT NULL CHECK (node_type IN ('source', 'transformation', 'target')),
    transformation_id ulid REFERENCES transformations ON DELETE CASCADE ON UPDATE CASCADE,
    node_config jsonb DEFAULT '{}',
    node_order integer DEFAULT 0,
    created timestamp DEFAULT CURRENT_TIMESTAMP,
    updated timestamp DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE IF NOT EXISTS transformation_workflow_edges
(
    edge_id ulid DEFAULT generate_ulid('tfedge') PRIMARY KEY,
    mapping_rule_id ulid NOT NULL REFERENCES mapping_rules ON DELETE CASCADE ON UPDATE CASCADE,
    source_node_id ulid NOT NULL REFERENCES transformation_workflow_nodes ON DELETE CASCADE ON UPDATE CASCADE,
    source_output_name varchar(255) NOT NULL,
    target_node_id ulid NOT NULL REFERENCES transformation_workflow_nodes ON DELETE CASCADE ON UPDATE CASCADE,
    target_input_name varchar(255) NOT NULL,
    created timestamp DEFAULT CURRENT_TIMESTAMP,
    updated timestamp DEFAULT CURRENT_TIMESTAMP,
    UNIQUE (mapping_rule_id, source_node_id, source_output_name, target_node_id, target_input_name)
);

CREATE TABLE IF NOT EXISTS integrations
(
    integration_id ulid DEFAULT generate_ulid('integration') PRIMARY KEY,
    tenant_id ulid NOT NULL REFERENCES tenants ON DELETE CASCADE ON UPDATE CASCADE,
    integration_name varchar(255) NOT NULL,
    integration_description text DEFAULT '',
    integration_type varchar(64) NOT NULL,
    integration_config jsonb NOT NULL DEFAULT '{}',
    credential_key text DEFAULT '',
    integration_metadata jsonb NOT NULL DEFAULT '{}',
    supported_operations text[] NOT NULL DEFAULT '{}',
    health jsonb NOT NULL DEFAULT '{}',
    owner_id ulid REFERENCES users ON DELETE CASCADE ON UPDATE CASCADE,
    status varchar(255) DEFAULT 'STATUS_CREATED',
    created timestamp DEFAULT CURRENT_TIMESTAMP,
    updated timestamp DEFAULT CURRENT_TIMESTAMP,
    UNIQUE (tenant_id, integration_name)
);

CREATE TABLE IF NOT EXISTS integration_jobs
(
    job_id ulid DEFAULT generate_ulid('intjob') PRIMARY KEY,
    integration_id ulid NOT NULL REFERENCES integrations ON DELETE CASCADE ON UPDATE CASCADE,
    tenant_id ulid NOT NULL REFERENCES tenants ON DELETE CASCADE ON UPDATE CASCADE,
    operation varchar(255) NOT NULL,
    mode varchar(32) NOT NULL DEFAULT 'EXECUTION_MODE_SYNC',
    status varchar(64) NOT NULL DEFAULT 'JOB_STATUS_PENDING',
    request_payload jsonb NOT NULL DEFAULT '{}',
    request_parameters jsonb NOT NULL DEFAULT '{}',
    progress jsonb NOT NULL DEFAULT '{}',
    result jsonb NOT NULL DEFAULT '{}',
    error_message text DEFAULT '',
    created timestamp DEFAULT CURRENT_TIMESTAMP,
    updated timestamp DEFAULT CURRENT_TIMESTAMP,
    completed timestamp
);

CREATE TABLE IF NOT EXISTS mcpservers
(
    mcpserver_id ulid DEFAULT generate_ulid('mcpserver') PRIMARY KEY,
    tenant_id ulid NOT NULL REFERENCES tenants ON DELETE CASCADE ON UPDATE CASCADE,
    workspace_id ulid NOT NULL REFERENCES workspaces ON DELETE CASCADE ON UPDATE CASCADE,
    mcpserver_name varchar(255) NOT NULL,
    mcpserver_description text DEFAULT '',
    mcpserver_host_ids bigint[] DEFAULT '{}',
    mcpserver_port integer DEFAULT 9000,
    mcpserver_enabled boolean DEFAULT false,
    policy_ids ulid[] DEFAULT '{}',
    owner_id ulid NOT NULL REFERENCES users ON DELETE CASCADE ON UPDATE CASCADE,
    status_message varchar(255) DEFAULT '',
    status status_enum DEFAULT 'STATUS_CREATED',
    created timestamp DEFAULT CURRENT_TIMESTAMP,
    updated timestamp DEFAULT CURRENT_TIMESTAMP,
    UNIQUE (workspace_id, mcpserver_name)
);

CREATE TABLE IF NOT EXISTS mcpresources
(
    mcpresource_id ulid DEFAULT generate_ulid('mcpres') PRIMARY KEY,
    tenant_id ulid NOT NULL REFERENCES tenants ON DELETE CASCADE ON UPDATE CASCADE,
    workspace_id ulid NOT NULL REFERENCES workspaces ON DELETE CASCADE ON UPDATE CASCADE,
    mcpresource_name varchar(255) NOT NULL,
    mcpresource_description text DEFAULT '',
    mcpresource_config jsonb DEFAULT '{}',
    mapping_id ulid NOT NULL REFERENCES mappings ON DELETE CASCADE ON UPDATE CASCADE,
    policy_ids ulid[] DEFAULT '{}',
    owner_id ulid NOT NULL REFERENCES users ON DELETE CASCADE ON UPDATE CASCADE,
    created timestamp DEFAULT CURRENT_TIMESTAMP,
    updated timestamp DEFAULT CURRENT_TIMESTAMP,
    UNIQUE (workspace_id, mcpresource_name)
);

CREATE TABLE IF NOT EXISTS mcptools
(
    mcptool_id ulid DEFAULT generate_ulid('mcptool') PRIMARY KEY,
    tenant_id ulid NOT NULL REFERENCES tenants ON DELETE CASCADE ON UPDATE CASCADE,
    workspace_id ulid NOT NULL REFERENCES workspaces ON DELETE CASCADE ON UPDATE CASCADE,
    mcptool_name varchar(255) NOT NULL,
    mcptool_description text DEFAULT '',
    mcptool_config jsonb DEFAULT '{}',
    mapping_id ulid NOT NULL REFERENCES mappings ON DELETE CASCADE ON UPDATE CASCADE,
    policy_ids ulid[] DEFAULT '{}',
    owner_id ulid NOT NULL REFERENCES users ON DELETE CASCADE ON UPDATE CASCADE,
    created timestamp DEFAULT CURRENT_TIMESTAMP,
    updated timestamp DEFAULT CURRENT_TIMESTAMP,
    UNIQUE (workspace_id, mcptool_name)
);

CREATE TABLE IF NOT EXISTS mcpprompts
(
    mcpprompt_id ulid DEFAULT generate_ulid('mcpprompt') PRIMARY KEY,
    tenant_id ulid NOT NULL REFERENCES tenants ON DELETE CASCADE ON UPDATE CASCADE,
    workspace_id ulid NOT NULL REFERENCES workspaces ON DELETE CASCADE ON UPDATE CASCADE,
    mcpprompt_name varchar(255) NOT NULL,
    mcpprompt_description text DEFAULT '',
    mcpprompt_config jsonb DEFAULT '{}',
    mapping_id ulid NOT NULL REFERENCES mappings ON DELETE CASCADE ON UPDATE CASCADE,
    policy_ids ulid[] DEFAULT '{}',
    owner_id ulid NOT NULL REFERENCES users ON DELETE CASCADE ON UPDATE CASCADE,
    created timestamp DEFAULT CURRENT_TIMESTAMP,
    updated timestamp DEFAULT CURRENT_TIMESTAMP,
    UNIQUE (workspace_id, mcpprompt_name)
);

CREATE TABLE IF NOT EXISTS mcp_server_resources
(
    mcpserver_id ulid NOT NULL REFERENCES mcpservers ON DELETE CASCADE ON UPDATE CASCADE,
    mcpresource_id ulid NOT NULL REFERENCES mcpresources ON DELETE CASCADE ON UPDATE CASCADE,
    created timestamp DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (mcpserver_id, mcpresource_id)
);

CREATE TABLE IF NOT EXISTS mcp_server_tools
(
    mcpserver_id ulid NOT NULL REFERENCES mcpservers ON DELETE CASCADE ON UPDATE CASCADE,
    mcptool_id ulid NOT NULL REFERENCES mcptools ON DELETE CASCADE ON UPDATE CASCADE,
    created timestamp DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (mcpserver_id, mcptool_id)
);

CREATE TABLE IF NOT EXISTS mcp_server_prompts
(
    mcpserver_id ulid NOT NULL REFERENCES mcpservers ON DELETE CASCADE ON UPDATE CASCADE,
    mcpprompt_id ulid NOT NULL REFERENCES mcpprompts ON DELETE CASCADE ON UPDATE CASCADE,
    created timestamp DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (mcpserver_id, mcpprompt_id)
);
