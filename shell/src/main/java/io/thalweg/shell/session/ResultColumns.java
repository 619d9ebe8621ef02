package io.thalweg.shell.session;

import io.thalweg.jdbc.ThalwegResultSet;
import io.thalweg.shell.result.ResultColumn;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The columns of a JDBC result, and its rows as texts. Belongs to one thread. */
final class ResultColumns {
    private static final int TIMESTAMP_WIDTH = 23;
    private static final int TEXT_WIDTH = 16;
    private static final int OTHER_WIDTH = 10;

    private final ResultSet result;
    private final List<ResultColumn> columns;

    ResultColumns(ThalwegResultSet result) throws SQLException {
        this.result = result;
        ResultSetMetaData metadata = result.getMetaData();
        List<ResultColumn> found = new ArrayList<>();
        for (int i = 1; i <= metadata.getColumnCount(); i++) {
            int type = metadata.getColumnType(i);
            boolean change = i == 1 && result.isChangelog();
            int width =
                    result.isEndless() && !change ? Math.min(metadata.getColumnDisplaySize(i), typicalWidth(type)) : 0;
            found.add(new ResultColumn(
                    metadata.getColumnLabel(i), change ? ResultColumn.Kind.CHANGE : kindOf(type), width));
        }
        columns = List.copyOf(found);
    }

    private static int typicalWidth(int type) {
        return switch (type) {
            case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE -> TIMESTAMP_WIDTH;
            case Types.VARCHAR, Types.CHAR -> TEXT_WIDTH;
            default -> OTHER_WIDTH;
        };
    }

    private static ResultColumn.Kind kindOf(int type) {
        return switch (type) {
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT -> ResultColumn.Kind.NUMBER;
            case Types.DECIMAL, Types.NUMERIC, Types.REAL, Types.FLOAT, Types.DOUBLE -> ResultColumn.Kind.NUMBER;
            case Types.BOOLEAN, Types.BIT -> ResultColumn.Kind.BOOLEAN;
            default -> ResultColumn.Kind.TEXT;
        };
    }

    List<ResultColumn> columns() {
        return columns;
    }

    /** The row on which the result stands. */
    List<@Nullable String> row() throws SQLException {
        @Nullable String[] values = new String[columns.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = result.getString(i + 1);
        }
        return Collections.unmodifiableList(Arrays.asList(values));
    }
}
