-- Secondary indexes. Nobody refers to one by name, so one that is there under another name will do.

DO $block$
DECLARE
    wanted record;
BEGIN
    FOR wanted IN
        WITH list (table_name, plain, json) AS (VALUES
            ('mesh', '{status}', '{}'),
            ('tenants', '{status}', '{}'),
            ('regions', '{tenant_id,status}', '{}'),
            ('nodes', '{node_name,status}', '{node_meta}'),
            ('routes', '{status}', '{meta}'),
            ('users', '{tenant_id,user_name}', '{}'),
            ('user_jwt_tokens', '{session_name}', '{}'),
            ('apitokens', '{tenant_id,apitoken_name,owner_id}', '{}'),
            ('groups', '{tenant_id,group_name,owner_id}', '{}'),
            ('roles', '{tenant_id,role_name,owner_id}', '{}'),
            ('permissions', '{tenant_id,owner_id}', '{constraints,conditions}'),
            ('user_groups', '{tenant_id,owner_id}', '{}'),
            ('user_roles', '{tenant_id,owner_id}', '{}'),
            ('group_roles', '{tenant_id,owner_id}', '{}'),
            ('role_permissions', '{tenant_id,owner_id}', '{}'),
            ('role_templates', '{}', '{template_metadata}'),
            ('satellites', '{tenant_id,owner_id,status}', '{}'),
            ('anchors', '{tenant_id,owner_id,status}', '{}'),
            ('streams', '{tenant_id,owner_id,status}', '{connection_config,stream_metadata,monitored_topics}'),
            ('policies', '{tenant_id,policy_name,owner_id}', '{policy_object}'),
            ('workspaces', '{tenant_id,workspace_name,owner_id,status}', '{}'),
            ('environments', '{tenant_id,workspace_id,environment_name,owner_id,status}', '{}'),
            ('instances', '{tenant_id,workspace_id,instance_system_db_name,owner_id,status}', '{instance_metadata,instance_databases}'),
            ('databases', '{tenant_id,workspace_id,database_name,database_db_name,owner_id,status}', '{database_metadata,database_schema,database_tables}'),
            ('repos', '{tenant_id,workspace_id,repo_name,owner_id,status}', '{}'),
            ('branches', '{tenant_id,workspace_id,branch_name,status}', '{}'),
            ('commits', '{tenant_id,workspace_id}', '{schema_structure}'),
            ('mappings', '{tenant_id,workspace_id,mapping_name,owner_id}', '{mapping_object,validation_errors,validation_warnings}'),
            ('mapping_rules', '{tenant_id,workspace_id,mapping_rule_name,owner_id}', '{mapping_rule_metadata}'),
            ('mapping_filters', '{}', '{filter_expression}'),
            ('relationships', '{tenant_id,workspace_id,relationship_name,relationship_source_table_name,relationship_target_table_name,owner_id,status}', '{}'),
            ('replication_sources', '{tenant_id,workspace_id,table_name,publication_name,slot_name,target_table_name,status}', '{cdc_state,mapping_rules}'),
            ('transformations', '{tenant_id,transformation_name,owner_id}', '{transformation_metadata}'),
            ('transformation_io_definitions', '{io_name}', '{default_value,validation_rules}'),
            ('transformation_workflow_nodes', '{}', '{node_config}'),
            ('transformation_workflow_edges', '{source_output_name,target_input_name}', '{}'),
            ('integrations', '{tenant_id,integration_name,owner_id,status}', '{integration_config,integration_metadata,health}'),
            ('integration_jobs', '{tenant_id,status}', '{request_payload,request_parameters,progress,result}'),
            ('mcpservers', '{tenant_id,workspace_id,mcpserver_name,owner_id,status}', '{}'),
            ('mcpresources', '{tenant_id,workspace_id,mcpresource_name,owner_id}', '{mcpresource_config}'),
            ('mcptools', '{tenant_id,workspace_id,mcptool_name,owner_id}', '{mcptool_config}'),
            ('mcpprompts', '{tenant_id,workspace_id,mcpprompt_name,owner_id}', '{mcpprompt_config}'),
            ('audit_log', '{tenant_id,user_id,action,created}', '{change_details}'),
            ('mesh_raft_groups', '{}', '{members,meta}'),
            ('mesh_streams', '{tenant_id}', '{dst_nodes,meta}'),
            ('mesh_outbox', '{status}', '{headers}'),
            ('mesh_inbox', '{}', '{headers}'),
            ('mesh_topology_snapshots', '{}', '{graph}'),
            ('mesh_config_kv', '{}', '{value}'),
            ('mesh_event_log', '{}', '{event_data}'),
            ('mesh_node_membership', '{status}', '{}'),
            ('resource_containers', '{tenant_id,workspace_id,object_name,owner_id,status}', '{reconciliation_details,container_metadata,enriched_metadata}'),
            ('resource_items', '{tenant_id,workspace_id,item_name,item_display_name,custom_type_name,status}', '{constraints,custom_type_definition,schema_definition,schema_evolution_log,nested_items,reconciliation_details,item_metadata,enriched_metadata}'),
            ('data_products', '{tenant_id,workspace_id,product_name,owner_id,status}', '{metadata}')
        )
        SELECT table_name, format('btree (%I)', column_name) AS definition
            FROM list, unnest(plain::text[]) AS column_name
        UNION ALL
        SELECT table_name, format('gin (%I)', column_name)
            FROM list, unnest(json::text[]) AS column_name
        UNION ALL
        SELECT table_name, format(
            $text$gin (to_tsvector('english'::regconfig, (((%1$I_name)::text || ' '::text) || COALESCE(%1$I_description, ''::text))))$text$,
            what
        )
            FROM (VALUES ('workspaces', 'workspace'), ('databases', 'database'), ('repos', 'repo')) AS texts (table_name, what)
    LOOP
        IF NOT EXISTS (
            SELECT FROM pg_indexes
            WHERE schemaname = current_schema()
                AND tablename = wanted.table_name
                AND split_part(indexdef, ' USING ', 2) = wanted.definition
        ) THEN
            EXECUTE format('CREATE INDEX ON %I USING %s', wanted.table_name, wanted.definition);
        END IF;
    END LOOP;
END
$block$;
