-- Foreign keys: those to tables that come later than the column, and those that a table of an older database has lost.

DO $block$
DECLARE
    wanted record;
BEGIN
    FOR wanted IN
        WITH list (column_name, target, action, tables) AS (VALUES
            ('tenant_id', 'tenants', 'ON DELETE CASCADE ON UPDATE CASCADE', '{
                regions,users,apitokens,groups,roles,permissions,user_groups,user_roles,group_roles,role_permissions,satellites,anchors
                ,streams,policies,workspaces,environments,instances,databases,repos,branches,commits,mappings,mapping_rules,relationships
                ,replication_sources,transformations,integrations,integration_jobs,mcpservers,mcpresources,mcptools,mcpprompts,audit_log}'),
            ('region_id', 'regions', 'ON DELETE SET NULL', '{nodes}'),
            ('a_node', 'nodes', 'ON DELETE CASCADE', '{routes}'),
            ('b_node', 'nodes', 'ON DELETE CASCADE', '{routes}'),
            ('user_id', 'users', 'ON DELETE CASCADE ON UPDATE CASCADE', '{user_jwt_tokens,apitokens,user_groups,user_roles}'),
            ('owner_id', 'users', 'ON DELETE CASCADE ON UPDATE CASCADE', '{
                apitokens,groups,roles,permissions,role_permissions,satellites,anchors,streams,policies,workspaces,environments,instances
                ,databases,repos,mappings,mapping_rules,relationships,transformations,integrations,mcpservers,mcpresources,mcptools
                ,mcpprompts}'),
            ('parent_group_id', 'groups', '', '{groups}'),
            ('group_id', 'groups', 'ON DELETE CASCADE ON UPDATE CASCADE', '{user_groups,group_roles}'),
            ('granted_by', 'users', 'ON DELETE CASCADE ON UPDATE CASCADE', '{user_groups,user_roles,group_roles}'),
            ('owner_id', 'users', '', '{user_groups,user_roles,group_roles}'),
            ('role_id', 'roles', 'ON DELETE CASCADE ON UPDATE CASCADE', '{user_roles,group_roles,role_permissions}'),
            ('permission_id', 'permissions', 'ON DELETE CASCADE ON UPDATE CASCADE', '{role_permissions,template_permissions}'),
            ('template_id', 'role_templates', 'ON DELETE CASCADE ON UPDATE CASCADE', '{template_permissions}'),
            ('satellite_region_id', 'regions', '', '{satellites}'),
            ('connected_to_node_id', 'nodes', '', '{satellites,anchors,streams}'),
            ('anchor_region_id', 'regions', '', '{anchors}'),
            ('stream_region_id', 'regions', '', '{streams}'),
            ('workspace_id', 'workspaces', 'ON DELETE CASCADE ON UPDATE CASCADE', '{
                environments,instances,databases,repos,branches,commits,mappings,mapping_rules,relationships,replication_sources
                ,mcpservers,mcpresources,mcptools,mcpprompts}'),
            ('environment_id', 'environments', 'ON DELETE SET NULL ON UPDATE CASCADE', '{instances,databases}'),
            ('connected_to_node_id', 'nodes', 'ON DELETE SET NULL ON UPDATE CASCADE', '{instances,databases}'),
            ('instance_id', 'instances', 'ON DELETE CASCADE ON UPDATE CASCADE', '{databases}'),
            ('repo_id', 'repos', 'ON DELETE CASCADE ON UPDATE CASCADE', '{branches,commits}'),
            ('parent_branch_id', 'branches', 'ON DELETE SET NULL ON UPDATE CASCADE', '{branches}'),
            ('connected_database_id', 'databases', 'ON DELETE SET NULL ON UPDATE CASCADE', '{branches}'),
            ('branch_id', 'branches', 'ON DELETE CASCADE ON UPDATE CASCADE', '{commits}'),
            ('mapping_rule_id', 'mapping_rules', 'ON DELETE CASCADE ON UPDATE CASCADE', '{
                mapping_rule_mappings,mapping_rule_source_items,mapping_rule_target_items,transformation_workflow_nodes
                ,transformation_workflow_edges}'),
            ('mapping_id', 'mappings', 'ON DELETE CASCADE ON UPDATE CASCADE', '{mapping_rule_mappings,mapping_filters,mcpresources,mcptools,mcpprompts}'),
            ('relationship_source_database_id', 'databases', 'ON DELETE CASCADE ON UPDATE CASCADE', '{relationships}'),
            ('relationship_target_database_id', 'databases', 'ON DELETE CASCADE ON UPDATE CASCADE', '{relationships}'),
            ('mapping_id', 'mappings', '', '{relationships}'),
            ('database_id', 'databases', 'ON DELETE CASCADE ON UPDATE CASCADE', '{replication_sources}'),
            ('relationship_id', 'relationships', 'ON DELETE CASCADE ON UPDATE CASCADE', '{replication_sources}'),
            ('target_database_id', 'databases', 'ON DELETE CASCADE ON UPDATE CASCADE', '{replication_sources}'),
            ('transformation_id', 'transformations', 'ON DELETE CASCADE ON UPDATE CASCADE', '{
                transformation_io_definitions,transformation_workflow_nodes}'),
            ('source_node_id', 'transformation_workflow_nodes', 'ON DELETE CASCADE ON UPDATE CASCADE', '{transformation_workflow_edges}'),
            ('target_node_id', 'transformation_workflow_nodes', 'ON DELETE CASCADE ON UPDATE CASCADE', '{transformation_workflow_edges}'),
            ('integration_id', 'integrations', 'ON DELETE CASCADE ON UPDATE CASCADE', '{integration_jobs}'),
            ('mcpserver_id', 'mcpservers', 'ON DELETE CASCADE ON UPDATE CASCADE', '{mcp_server_resources,mcp_server_tools,mcp_server_prompts}'),
            ('mcpresource_id', 'mcpresources', 'ON DELETE CASCADE ON UPDATE CASCADE', '{mcp_server_resources}'),
            ('mcptool_id', 'mcptools', 'ON DELETE CASCADE ON UPDATE CASCADE', '{mcp_server_tools}'),
            ('mcpprompt_id', 'mcpprompts', 'ON DELETE CASCADE ON UPDATE CASCADE', '{mcp_server_prompts}'),
            ('node_id', 'nodes', 'ON DELETE CASCADE', '{mesh_lsa_versions,mesh_stream_offsets,mesh_node_membership}'),
            ('leader_id', 'nodes', 'ON DELETE SET NULL', '{mesh_raft_groups}'),
            ('group_id', 'mesh_raft_groups', 'ON DELETE CASCADE', '{mesh_raft_log}'),
            ('tenant_id', 'tenants', 'ON DELETE CASCADE', '{mesh_streams,resource_containers,resource_items,data_products}'),
            ('src_node', 'nodes', 'ON DELETE CASCADE', '{mesh_streams,mesh_delivery_log}'),
            ('stream_id', 'mesh_streams', 'ON DELETE CASCADE', '{mesh_stream_offsets,mesh_delivery_log,mesh_outbox,mesh_inbox}'),
            ('dst_node', 'nodes', 'ON DELETE CASCADE', '{mesh_delivery_log}'),
            ('originator_node', 'nodes', 'ON DELETE CASCADE', '{mesh_event_log}'),
            ('affected_node', 'nodes', 'ON DELETE CASCADE', '{mesh_event_log}'),
            ('mesh_id', 'mesh', 'ON DELETE CASCADE', '{mesh_node_membership,mesh_consensus_state}'),
            ('mesh_id', 'mesh', '', '{license_keys,license_feature_usage}'),
            ('workspace_id', 'workspaces', 'ON DELETE CASCADE', '{resource_containers,resource_items,data_products}'),
            ('database_id', 'databases', 'ON DELETE CASCADE', '{resource_containers}'),
            ('instance_id', 'instances', 'ON DELETE SET NULL', '{resource_containers}'),
            ('integration_id', 'integrations', 'ON DELETE CASCADE', '{resource_containers}'),
            ('mcpserver_id', 'mcpservers', 'ON DELETE CASCADE', '{resource_containers}'),
            ('connected_to_node_id', 'nodes', 'ON DELETE CASCADE', '{resource_containers,resource_items}'),
            ('bound_database_id', 'databases', 'ON DELETE SET NULL', '{resource_containers}'),
            ('reconciled_container_id', 'resource_containers', 'ON DELETE SET NULL', '{resource_containers}'),
            ('owner_id', 'users', 'ON DELETE CASCADE', '{resource_containers,data_products}'),
            ('container_id', 'resource_containers', 'ON DELETE CASCADE', '{resource_items}'),
            ('reconciled_item_id', 'resource_items', 'ON DELETE SET NULL', '{resource_items}'),
            ('product_id', 'data_products', 'ON DELETE CASCADE', '{data_product_items}'),
            ('resource_item_id', 'resource_items', 'ON DELETE CASCADE', '{data_product_items}'),
            ('mapping_source_container_id', 'resource_containers', 'ON DELETE CASCADE', '{mappings}'),
            ('mapping_target_container_id', 'resource_containers', 'ON DELETE CASCADE', '{mappings}'),
            ('resource_item_id', 'resource_items', 'ON DELETE CASCADE ON UPDATE CASCADE', '{mapping_rule_source_items,mapping_rule_target_items}')
        )
        SELECT table_name, column_name, target, action FROM list, unnest(tables::text[]) AS table_name
    LOOP
        IF NOT EXISTS (
            SELECT FROM pg_constraint AS constraints
                JOIN pg_attribute AS columns
                    ON columns.attrelid = constraints.conrelid AND constraints.conkey = ARRAY[columns.attnum]
            WHERE constraints.contype = 'f'
                AND constraints.conrelid = wanted.table_name::regclass
                AND columns.attname = wanted.column_name
        ) THEN
            EXECUTE format(
                'ALTER TABLE %I ADD FOREIGN KEY (%I) REFERENCES %I %s',
                wanted.table_name, wanted.column_name, wanted.target, wanted.action
            );
        END IF;
    END LOOP;
END
$block$;
