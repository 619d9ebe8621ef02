package io.thalweg.tests.logic;

import java.sql.SQLException;

/** Runs a file in some way and reports its answers. */
interface LogicExecution {
    /** Runs it on a database of its own. */
    void run() throws SQLException;
}
