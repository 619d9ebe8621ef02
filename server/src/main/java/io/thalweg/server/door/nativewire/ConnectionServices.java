package io.thalweg.server.door.nativewire;

import io.thalweg.server.query.QueryEngine;
import io.thalweg.server.session.SessionRegistry;
import io.thalweg.server.session.StatementExecutor;
import java.util.concurrent.Executor;

/**
 * What every connection needs of the server.
 *
 * @param workers runs statements; takes as many at once as there are connections
 * @param serverVersion what the welcome says
 */
public record ConnectionServices(
        StatementExecutor statements,
        QueryEngine queries,
        SessionRegistry sessions,
        Executor workers,
        String serverVersion) {}
