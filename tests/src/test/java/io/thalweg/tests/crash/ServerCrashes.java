package io.thalweg.tests.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.tests.system.ResultText;
import io.thalweg.tests.system.ServerProcess;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/** One data directory whose server crashes again and again while clients insert rows and change the catalog. */
final class ServerCrashes {
    private static final int SHORTEST_LIFE_MILLIS = 50;
    private static final int LONGEST_LIFE_MILLIS = 1_500;

    private final Random random;
    private final List<InsertClient> clients = new ArrayList<>();
    private final List<CatalogClient> catalogClients = new ArrayList<>();
    private boolean hasObjects;

    /** Starts the server, with the directory as the last crash left it. */
    interface Start {
        ServerProcess start() throws Exception;
    }

    /** What a server dies of; it is gone when this returns. */
    interface Fault {
        void strike(ServerProcess server) throws IOException, InterruptedException;
    }

    ServerCrashes(long seed, int insertClients, int catalogClients) {
        this.random = new Random(seed);
        for (int i = 0; i < insertClients; i++) {
            clients.add(new InsertClient(i, random.nextLong()));
        }
        for (int i = 0; i < catalogClients; i++) {
            this.catalogClients.add(new CatalogClient(i, random.nextLong()));
        }
    }

    List<InsertClient> clients() {
        return clients;
    }

    /** How many rows were acknowledged and are there. */
    long rows() {
        return clients.stream().mapToLong(InsertClient::acknowledged).sum();
    }

    /** How many changes of the catalog were acknowledged. */
    int changes() {
        return catalogClients.stream().mapToInt(CatalogClient::acknowledged).sum();
    }

    /**
     * Starts a server, looks for what was acknowledged before, and lets it crash at a random moment of its work.
     *
     * @param thoroughly whether to read everything again, not only what is new
     */
    void cycle(Start start, Fault fault, boolean thoroughly) throws Exception {
        try (ServerProcess server = start.start()) {
            if (hasObjects) {
                check(server, thoroughly);
            } else {
                createObjects(server);
                hasObjects = true;
            }
            // Short lives are likelier, so that more of them fit into a minute.
            double share = random.nextDouble() * random.nextDouble();
            runUntilCrash(server, fault, SHORTEST_LIFE_MILLIS + (int) (share * LONGEST_LIFE_MILLIS));
        }
    }

    /** Looks at everything, and stops the server properly. */
    void end(Start start) throws Exception {
        try (ServerProcess server = start.start()) {
            check(server, true);
            assertEquals(143, server.stop(), server.output());
        }
    }

    static void createObjects(ServerProcess server) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE STREAM events (client INT NOT NULL, seq BIGINT NOT NULL, note VARCHAR,"
                    + " log_partition INT METADATA FROM 'partition' VIRTUAL, log_offset BIGINT METADATA FROM 'offset'"
                    + " VIRTUAL) DISTRIBUTED BY (client) INTO 4 PARTITIONS");
            statement.execute("CREATE TABLE latest (client INT NOT NULL, seq BIGINT NOT NULL, PRIMARY KEY (client))");
            statement.execute("CREATE MATERIALIZED VIEW per_client AS"
                    + " SELECT client, COUNT(*) AS n, MIN(seq) AS first_seq, MAX(seq) AS last_seq FROM events"
                    + " GROUP BY client");
            statement.execute("CREATE MATERIALIZED VIEW joined AS"
                    + " SELECT p.client, p.n, l.seq FROM per_client AS p JOIN latest AS l ON p.client = l.client");
        }
    }

    private void runUntilCrash(ServerProcess server, Fault fault, long millis) throws Exception {
        List<Thread> threads = new ArrayList<>();
        clients.forEach(client -> threads.add(new Thread(() -> client.run(server), "client " + client.number())));
        catalogClients.forEach(client -> threads.add(new Thread(() -> client.run(server), "catalog client")));
        threads.forEach(Thread::start);
        Thread.sleep(millis);
        fault.strike(server);
        for (Thread thread : threads) {
            thread.join(20_000);
            assertTrue(!thread.isAlive(), thread.getName() + " still waits for a server that is dead");
        }
        clients.forEach(InsertClient::throwUnexpected);
        catalogClients.forEach(CatalogClient::throwUnexpected);
    }

    /** Compares what is there with what was acknowledged. */
    void check(ServerProcess server, boolean thoroughly) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            checkEvents(statement, thoroughly);
            List<String> latest = rows(connection, "SELECT client, seq FROM latest");
            for (InsertClient client : clients) {
                client.checkLatest(latest);
            }
            checkViews(connection, thoroughly);
            for (CatalogClient client : catalogClients) {
                client.check(connection, thoroughly);
            }
        }
    }

    /** Reads the rows that were not read before, or all, in one query: planning takes most of the time. */
    private void checkEvents(Statement statement, boolean thoroughly) throws SQLException {
        String wanted = clients.stream()
                .map(client -> "client = " + client.number() + " AND seq > " + (thoroughly ? 0 : client.verified()))
                .collect(Collectors.joining(") OR ("));
        clients.forEach(client -> client.startCheck(thoroughly));
        try (ResultSet result =
                statement.executeQuery("SELECT client, seq, note, log_partition, log_offset FROM events WHERE ("
                        + wanted + ") ORDER BY log_offset")) {
            while (result.next()) {
                clients.get(result.getInt(1)).checkRow(result);
            }
        }
        clients.forEach(InsertClient::endCheck);
    }

    private void checkViews(Connection connection, boolean thoroughly) throws SQLException {
        assertEquals(
                clients.stream()
                        .filter(client -> client.acknowledged() > 0)
                        .map(InsertClient::summary)
                        .toList(),
                rows(connection, "SELECT client, n, first_seq, last_seq FROM per_client"));
        if (thoroughly) {
            assertEquals(
                    rows(connection, "SELECT client, COUNT(*), MIN(seq), MAX(seq) FROM events GROUP BY client"),
                    rows(connection, "SELECT client, n, first_seq, last_seq FROM per_client"));
            assertEquals(
                    rows(
                            connection,
                            "SELECT p.client, p.n, l.seq FROM per_client AS p JOIN latest AS l ON p.client = l.client"),
                    rows(connection, "SELECT client, n, seq FROM joined"));
        }
    }

    static List<String> rows(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            return ResultText.all(result).stream().sorted().toList();
        }
    }
}
