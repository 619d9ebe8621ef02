package io.thalweg.benchmarks.nexmark;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.SplittableRandom;

/**
 * The events of Nexmark, by its published parameters: of every fifty the first is a person, three are auctions, and the rest
 * are bids. Each event is a pure function of the seed and its number.
 */
public final class NexmarkEvents {
    /** What an event is. */
    public enum Kind {
        PERSON,
        AUCTION,
        BID
    }

    private static final int EPOCH = 50;
    private static final int AUCTIONS = 3;
    private static final long FIRST_ID = 1_000;
    private static final int FIRST_CATEGORY = 10;
    private static final int CATEGORIES = 5;
    private static final int ACTIVE_PEOPLE = 1_000;
    private static final int AUCTIONS_IN_FLIGHT = 100;
    private static final int LEAD = 10;
    private static final int HOT_STEP = 100;
    private static final int CHANNELS = 10_000;
    private static final int PERSON_BYTES = 200;
    private static final int AUCTION_BYTES = 500;
    private static final int BID_BYTES = 100;
    private static final LocalDateTime START = LocalDateTime.of(2026, 1, 1, 0, 0);

    private static final String[] FIRST_NAMES =
            "Peter,Paul,Luke,John,Saul,Vicky,Kate,Julie,Sarah,Deiter,Walter".split(",");
    private static final String[] LAST_NAMES =
            "Shultz,Abrams,Spencer,White,Bartels,Walton,Smith,Jones,Noris".split(",");
    private static final String[] CITIES =
            "Phoenix,Los Angeles,San Francisco,Boise,Portland,Bend,Redmond,Seattle,Kent,Cheyenne".split(",");
    private static final String[] STATES = "AZ,CA,ID,OR,WA,WY".split(",");
    private static final String[] HOT_CHANNELS = "Google,Facebook,Baidu,Apple".split(",");

    private final long seed;
    private final long eventsPerSecond;

    /** @param eventsPerSecond how fast the time of the events goes on */
    public NexmarkEvents(long seed, long eventsPerSecond) {
        this.seed = seed;
        this.eventsPerSecond = eventsPerSecond;
    }

    /** What event n is; the first has the number 0. */
    public static Kind kind(long n) {
        long place = n % EPOCH;
        if (place == 0) {
            return Kind.PERSON;
        }
        return place <= AUCTIONS ? Kind.AUCTION : Kind.BID;
    }

    private LocalDateTime time(long n) {
        return START.plus(n * 1_000 / eventsPerSecond, ChronoUnit.MILLIS);
    }

    private SplittableRandom random(long n) {
        return new SplittableRandom(seed * 0x9E37_79B9_7F4A_7C15L + n);
    }

    private static long lastPerson(long n) {
        return n / EPOCH;
    }

    private static long lastAuction(long n) {
        long place = n % EPOCH;
        if (place == 0) {
            return n / EPOCH * AUCTIONS - 1;
        }
        return n / EPOCH * AUCTIONS + Math.min(place, AUCTIONS) - 1;
    }

    /** One of the people who were active lately, or who are about to come. */
    private static long somePerson(long n, SplittableRandom random) {
        long people = lastPerson(n) + 1;
        long active = Math.min(people, ACTIVE_PEOPLE);
        return people - active + random.nextLong(active + LEAD);
    }

    private static long someAuction(long n, SplittableRandom random) {
        long last = Math.max(0, lastAuction(n));
        long first = Math.max(0, last - AUCTIONS_IN_FLIGHT);
        return first + random.nextLong(last - first + 1 + LEAD);
    }

    private static long price(SplittableRandom random) {
        return Math.round(Math.pow(10, random.nextDouble() * 6) * 100);
    }

    private static String one(String[] choices, SplittableRandom random) {
        return choices[random.nextInt(choices.length)];
    }

    private static String letters(int length, SplittableRandom random) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append((char) ('a' + random.nextInt(26)));
        }
        return text.toString();
    }

    /** Fills a row up to about its usual size. */
    private static String padding(int bytes, int used, SplittableRandom random) {
        int missing = Math.max(0, bytes - used);
        int spread = missing / 5;
        return letters(missing - spread + random.nextInt(2 * spread + 1), random);
    }

    /** Binds id, name, email address, credit card, city, state, time and padding. */
    public void bindPerson(PreparedStatement insert, long n) throws SQLException {
        SplittableRandom random = random(n);
        String name = one(FIRST_NAMES, random) + " " + one(LAST_NAMES, random);
        String address = letters(7, random) + "@" + letters(5, random) + ".com";
        StringBuilder card = new StringBuilder();
        for (int i = 0; i < 4; i++) {
            card.append(i == 0 ? "" : " ").append(1_000 + random.nextInt(9_000));
        }
        String city = one(CITIES, random);
        insert.setLong(1, FIRST_ID + lastPerson(n));
        insert.setString(2, name);
        insert.setString(3, address);
        insert.setString(4, card.toString());
        insert.setString(5, city);
        insert.setString(6, one(STATES, random));
        insert.setObject(7, time(n));
        int used = 16 + name.length() + address.length() + card.length() + city.length() + 2;
        insert.setString(8, padding(PERSON_BYTES, used, random));
    }

    /** Binds id, name, description, first bid, reserve, time, expiry, seller, category and padding. */
    public void bindAuction(PreparedStatement insert, long n) throws SQLException {
        SplittableRandom random = random(n);
        String name = letters(3 + random.nextInt(17), random);
        String description = letters(3 + random.nextInt(97), random);
        long initialBid = price(random);
        long reserve = initialBid + price(random);
        boolean hot = random.nextInt(4) > 0;
        long seller = hot ? lastPerson(n) / HOT_STEP * HOT_STEP : somePerson(n, random);
        LocalDateTime time = time(n);
        long horizon = ChronoUnit.MILLIS.between(time, time(n + AUCTIONS_IN_FLIGHT * EPOCH / AUCTIONS));
        insert.setLong(1, FIRST_ID + lastAuction(n));
        insert.setString(2, name);
        insert.setString(3, description);
        insert.setLong(4, initialBid);
        insert.setLong(5, reserve);
        insert.setObject(6, time);
        insert.setObject(7, time.plus(1 + random.nextLong(Math.max(1, 2 * horizon)), ChronoUnit.MILLIS));
        insert.setLong(8, FIRST_ID + seller);
        insert.setLong(9, FIRST_CATEGORY + random.nextInt(CATEGORIES));
        insert.setString(10, padding(AUCTION_BYTES, 56 + name.length() + description.length(), random));
    }

    /** Binds auction, bidder, price, channel, address, time and padding. */
    public void bindBid(PreparedStatement insert, long n) throws SQLException {
        SplittableRandom random = random(n);
        boolean hotAuction = random.nextInt(2) > 0;
        long auction = hotAuction ? Math.max(0, lastAuction(n)) / HOT_STEP * HOT_STEP : someAuction(n, random);
        boolean hotBidder = random.nextInt(4) > 0;
        long bidder = hotBidder ? lastPerson(n) / HOT_STEP * HOT_STEP + 1 : somePerson(n, random);
        boolean hotChannel = random.nextInt(2) > 0;
        int number = random.nextInt(CHANNELS);
        String channel = hotChannel ? one(HOT_CHANNELS, random) : "channel-" + number;
        String url = url(random) + (number % 10 == 0 ? "" : "&channel_id=" + (Integer.reverse(number) >>> 1));
        insert.setLong(1, FIRST_ID + auction);
        insert.setLong(2, FIRST_ID + bidder);
        insert.setLong(3, price(random));
        insert.setString(4, channel);
        insert.setString(5, url);
        insert.setObject(6, time(n));
        insert.setString(7, padding(BID_BYTES, 32 + channel.length() + url.length(), random));
    }

    private static String url(SplittableRandom random) {
        StringBuilder url = new StringBuilder("https://www.nexmark.com");
        for (int i = 0; i < 3; i++) {
            url.append('/').append(letters(3 + random.nextInt(2), random));
        }
        return url.append("/item.htm?query=1").toString();
    }
}
