package io.thalweg.server.catalog.relational;

import io.thalweg.model.catalog.SystemTableDefinition;
import io.thalweg.model.type.Field;
import io.thalweg.model.type.TypeName;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import org.h2.Driver;
import org.jooq.DSLContext;
import org.jooq.DataType;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * Makes an in-memory database with the empty tables of {@link InformationSchema}, and hands out the connection of a user
 * who may read, insert and delete their rows and do nothing else. Name and passwords are random, and nobody else is told.
 */
final class RestrictedDatabase {
    private static final String USER = "THALWEG";

    private RestrictedDatabase() {}

    /**
     * A new database, which is gone when the connection is closed. H2 adds no shutdown hook of its own, which would race
     * with whoever closes the server.
     */
    static Connection open() throws SQLException {
        SecureRandom random = new SecureRandom();
        String url = "jdbc:h2:mem:catalog_" + hex(random) + ";DATABASE_TO_UPPER=FALSE;DB_CLOSE_ON_EXIT=FALSE";
        String password = hex(random);
        // The database lives as long as it has a connection: the user's is open before the administrator's is closed.
        try (Connection administrator = connect(url, "ADMINISTRATOR", hex(random))) {
            DSLContext sql = DSL.using(administrator, SQLDialect.H2);
            sql.execute("CREATE USER " + USER + " PASSWORD ?", password);
            for (SystemTableDefinition definition : InformationSchema.tables()) {
                createTable(sql, definition);
            }
            return connect(url, USER, password);
        }
    }

    /** Asks H2 itself: which drivers the JVM's list shows depends on the caller's class loader. */
    private static Connection connect(String url, String user, String password) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        return new Driver().connect(url, properties);
    }

    private static void createTable(DSLContext sql, SystemTableDefinition definition) {
        sql.createTable(table(definition)).columns(columns(definition)).execute();
        sql.grant(DSL.privilege("SELECT"), DSL.privilege("INSERT"), DSL.privilege("DELETE"))
                .on(table(definition))
                .to(DSL.user(DSL.unquotedName(USER)))
                .execute();
    }

    static Table<Record> table(SystemTableDefinition definition) {
        return DSL.table(DSL.quotedName(definition.name().name()));
    }

    static List<org.jooq.Field<?>> columns(SystemTableDefinition definition) {
        List<org.jooq.Field<?>> columns = new ArrayList<>();
        for (Field field : definition.type().fields()) {
            DataType<?> type = field.type().name() == TypeName.INTEGER ? SQLDataType.INTEGER : SQLDataType.VARCHAR;
            columns.add(DSL.field(
                    DSL.quotedName(field.name()), type.nullable(field.type().nullable())));
        }
        return columns;
    }

    private static String hex(SecureRandom random) {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
