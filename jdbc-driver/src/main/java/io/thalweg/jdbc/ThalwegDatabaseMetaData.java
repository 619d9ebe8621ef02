package io.thalweg.jdbc;

import io.thalweg.jdbc.metadata.CatalogMetaData;
import io.thalweg.jdbc.metadata.EmptyMetaData;
import io.thalweg.jdbc.metadata.MetaDataTable;
import io.thalweg.jdbc.metadata.NamePattern;
import io.thalweg.jdbc.metadata.TypeMetaData;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What tools ask before they ask anything else. Tables, columns, schemas and keys come from INFORMATION_SCHEMA by SQL. A
 * stream is of type TABLE unless the connection property {@code streamsAsTables} is false, since many tools list nothing
 * else; its kind is then in its remarks.
 */
final class ThalwegDatabaseMetaData extends DatabaseCapabilities {
    private final ThalwegConnection connection;
    private final CatalogMetaData catalog;

    ThalwegDatabaseMetaData(ThalwegConnection connection) {
        this.connection = connection;
        this.catalog = new CatalogMetaData(
                connection, ThalwegConnection.CATALOG, connection.config().streamsAsTables());
    }

    private ResultSet result(MetaDataTable table) throws SQLException {
        connection.checkOpen();
        return connection.fixedResult(table.toRows());
    }

    // The server and this connection.

    @Override
    public Connection getConnection() {
        return connection;
    }

    @Override
    public String getURL() {
        return connection.config().url();
    }

    @Override
    public String getUserName() {
        return connection.config().user();
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public String getDatabaseProductVersion() {
        return connection.session().welcome().serverVersion();
    }

    @Override
    public int getDatabaseMajorVersion() {
        return versionPart(0);
    }

    @Override
    public int getDatabaseMinorVersion() {
        return versionPart(1);
    }

    /** A part of a version such as {@code 0.1.0-SNAPSHOT}; 0 if there is no number. */
    private int versionPart(int index) {
        String[] parts = getDatabaseProductVersion().split("[.-]");
        if (index >= parts.length || !parts[index].matches("\\d{1,9}")) {
            return 0;
        }
        return Integer.parseInt(parts[index]);
    }

    // The language.

    @Override
    public boolean nullsAreSortedHigh() {
        return true;
    }

    @Override
    public boolean nullsAreSortedLow() {
        return false;
    }

    @Override
    public boolean nullsAreSortedAtStart() {
        return false;
    }

    @Override
    public boolean nullsAreSortedAtEnd() {
        return false;
    }

    @Override
    public String getSQLKeywords() {
        return "BUCKETS,CHANGES,CUMULATE,DESCRIPTOR,DISTRIBUTED,EMIT,EXPLAIN,FINAL,HOP,MATERIALIZED,PARTITIONS,PAUSE,"
                + "RESUME,SESSION,SHOW,STREAM,STREAMS,TERMINATE,TUMBLE,VIRTUAL,WATERMARK";
    }

    @Override
    public String getNumericFunctions() {
        return "ABS,ACOS,ASIN,ATAN,ATAN2,CEILING,COS,DEGREES,EXP,FLOOR,LOG10,MOD,POWER,RADIANS,ROUND,SIGN,SIN,SQRT,TAN,"
                + "TRUNCATE";
    }

    @Override
    public String getStringFunctions() {
        return "ASCII,CHAR_LENGTH,CONCAT,LCASE,LEFT,LENGTH,LOCATE,LTRIM,REPEAT,REPLACE,RIGHT,RTRIM,SUBSTRING,UCASE";
    }

    @Override
    public String getSystemFunctions() {
        return "";
    }

    @Override
    public String getTimeDateFunctions() {
        return "EXTRACT,TIMESTAMPADD,TIMESTAMPDIFF";
    }

    // The catalog.

    @Override
    public ResultSet getCatalogs() throws SQLException {
        return result(catalog.catalogs());
    }

    @Override
    public ResultSet getSchemas() throws SQLException {
        return getSchemas(null, null);
    }

    @Override
    public ResultSet getSchemas(@Nullable String catalogName, @Nullable String schemaPattern) throws SQLException {
        return result(catalog.schemas(catalogName, new NamePattern(schemaPattern)));
    }

    @Override
    public ResultSet getTableTypes() throws SQLException {
        return result(catalog.tableTypes());
    }

    @Override
    public ResultSet getTables(
            @Nullable String catalogName,
            @Nullable String schemaPattern,
            @Nullable String tablePattern,
            String @Nullable [] types)
            throws SQLException {
        return result(
                catalog.tables(catalogName, new NamePattern(schemaPattern), new NamePattern(tablePattern), types));
    }

    @Override
    public ResultSet getColumns(
            @Nullable String catalogName,
            @Nullable String schemaPattern,
            @Nullable String tablePattern,
            @Nullable String columnPattern)
            throws SQLException {
        return result(catalog.columns(
                catalogName,
                new NamePattern(schemaPattern),
                new NamePattern(tablePattern),
                new NamePattern(columnPattern)));
    }

    @Override
    public ResultSet getPrimaryKeys(@Nullable String catalogName, @Nullable String schema, @Nullable String table)
            throws SQLException {
        return result(catalog.primaryKeys(catalogName, schema, table));
    }

    @Override
    public ResultSet getIndexInfo(
            @Nullable String catalogName,
            @Nullable String schema,
            @Nullable String table,
            boolean unique,
            boolean approximate)
            throws SQLException {
        return result(catalog.indexes(catalogName, schema, table));
    }

    @Override
    public ResultSet getBestRowIdentifier(
            @Nullable String catalogName, @Nullable String schema, @Nullable String table, int scope, boolean nullable)
            throws SQLException {
        return result(catalog.bestRowIdentifier(catalogName, schema, table));
    }

    @Override
    public ResultSet getTypeInfo() throws SQLException {
        return result(TypeMetaData.types());
    }

    // What Thalweg does not have.

    @Override
    public ResultSet getProcedures(
            @Nullable String catalogName, @Nullable String schemaPattern, @Nullable String procedurePattern)
            throws SQLException {
        return result(EmptyMetaData.procedures());
    }

    @Override
    public ResultSet getProcedureColumns(
            @Nullable String catalogName,
            @Nullable String schemaPattern,
            @Nullable String procedurePattern,
            @Nullable String columnPattern)
            throws SQLException {
        return result(EmptyMetaData.procedureColumns());
    }

    @Override
    public ResultSet getFunctions(
            @Nullable String catalogName, @Nullable String schemaPattern, @Nullable String functionPattern)
            throws SQLException {
        return result(catalog.functions(catalogName, new NamePattern(schemaPattern), new NamePattern(functionPattern)));
    }

    @Override
    public ResultSet getFunctionColumns(
            @Nullable String catalogName,
            @Nullable String schemaPattern,
            @Nullable String functionPattern,
            @Nullable String columnPattern)
            throws SQLException {
        return result(EmptyMetaData.functionColumns());
    }

    @Override
    public ResultSet getColumnPrivileges(
            @Nullable String catalogName,
            @Nullable String schema,
            @Nullable String table,
            @Nullable String columnPattern)
            throws SQLException {
        return result(EmptyMetaData.columnPrivileges());
    }

    @Override
    public ResultSet getTablePrivileges(
            @Nullable String catalogName, @Nullable String schemaPattern, @Nullable String tablePattern)
            throws SQLException {
        return result(EmptyMetaData.tablePrivileges());
    }

    @Override
    public ResultSet getVersionColumns(@Nullable String catalogName, @Nullable String schema, @Nullable String table)
            throws SQLException {
        return result(EmptyMetaData.versionColumns());
    }

    @Override
    public ResultSet getImportedKeys(@Nullable String catalogName, @Nullable String schema, @Nullable String table)
            throws SQLException {
        return result(EmptyMetaData.foreignKeys());
    }

    @Override
    public ResultSet getExportedKeys(@Nullable String catalogName, @Nullable String schema, @Nullable String table)
            throws SQLException {
        return result(EmptyMetaData.foreignKeys());
    }

    @Override
    public ResultSet getCrossReference(
            @Nullable String parentCatalog,
            @Nullable String parentSchema,
            @Nullable String parentTable,
            @Nullable String foreignCatalog,
            @Nullable String foreignSchema,
            @Nullable String foreignTable)
            throws SQLException {
        return result(EmptyMetaData.foreignKeys());
    }

    @Override
    public ResultSet getUDTs(
            @Nullable String catalogName,
            @Nullable String schemaPattern,
            @Nullable String typePattern,
            int @Nullable [] types)
            throws SQLException {
        return result(EmptyMetaData.userTypes());
    }

    @Override
    public ResultSet getSuperTypes(
            @Nullable String catalogName, @Nullable String schemaPattern, @Nullable String typePattern)
            throws SQLException {
        return result(EmptyMetaData.superTypes());
    }

    @Override
    public ResultSet getSuperTables(
            @Nullable String catalogName, @Nullable String schemaPattern, @Nullable String tablePattern)
            throws SQLException {
        return result(EmptyMetaData.superTables());
    }

    @Override
    public ResultSet getAttributes(
            @Nullable String catalogName,
            @Nullable String schemaPattern,
            @Nullable String typePattern,
            @Nullable String attributePattern)
            throws SQLException {
        return result(EmptyMetaData.attributes());
    }

    @Override
    public ResultSet getClientInfoProperties() throws SQLException {
        return result(EmptyMetaData.clientInfoProperties());
    }

    @Override
    public ResultSet getPseudoColumns(
            @Nullable String catalogName,
            @Nullable String schemaPattern,
            @Nullable String tablePattern,
            @Nullable String columnPattern)
            throws SQLException {
        return result(EmptyMetaData.pseudoColumns());
    }
}
