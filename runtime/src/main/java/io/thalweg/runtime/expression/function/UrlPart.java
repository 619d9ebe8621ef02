package io.thalweg.runtime.expression.function;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/**
 * The parts of a URL as RFC 3986 cuts it. Any text is cut, whether or not it is a URL; a part that is not there is NULL.
 * What is found is as it stands in the URL, but for the value of a parameter, which is decoded.
 */
public enum UrlPart {
    PROTOCOL,
    AUTHORITY,
    USERINFO,
    HOST,
    PORT,
    PATH,
    FILE,
    QUERY,
    REF,
    PARAMETER;

    /** Finds the part; false if there is none. */
    public boolean find(Slice url, Slice result) {
        String text = url.text();
        int[] bounds = bounds(text);
        if (bounds[0] < 0) {
            return false;
        }
        result.setText(text.substring(bounds[0], bounds[1]));
        return true;
    }

    /** Finds the value of a parameter of the query; of other parts there are none with a name. */
    public boolean find(Slice url, Slice name, Slice result) {
        String text = url.text();
        int[] query = QUERY.bounds(text);
        if (query[0] < 0 || (this != PARAMETER && this != QUERY)) {
            return false;
        }
        String wanted = name.text();
        for (String parameter : text.substring(query[0], query[1]).split("&", -1)) {
            int equals = parameter.indexOf('=');
            String key = equals < 0 ? parameter : parameter.substring(0, equals);
            if (decoded(key).equals(wanted)) {
                result.setText(equals < 0 ? "" : decoded(parameter.substring(equals + 1)));
                return true;
            }
        }
        return false;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return text;
        }
    }

    /** Where the part begins and ends; negative if there is none. */
    private int[] bounds(String url) {
        int fragment = url.indexOf('#');
        int end = fragment < 0 ? url.length() : fragment;
        if (this == REF) {
            return fragment < 0 ? nothing() : new int[] {fragment + 1, url.length()};
        }
        int question = url.indexOf('?');
        boolean hasQuery = question >= 0 && question < end;
        int pathEnd = hasQuery ? question : end;
        int colon = schemeEnd(url, pathEnd);
        int behindScheme = colon < 0 ? 0 : colon + 1;
        boolean hasAuthority = url.startsWith("//", behindScheme);
        int slash = hasAuthority ? url.indexOf('/', behindScheme + 2) : behindScheme;
        int pathStart = slash < 0 || slash > pathEnd ? pathEnd : slash;
        return switch (this) {
            case PROTOCOL -> colon < 0 ? nothing() : new int[] {0, colon};
            case PATH -> new int[] {pathStart, pathEnd};
            case FILE -> new int[] {pathStart, end};
            case QUERY -> hasQuery ? new int[] {question + 1, end} : nothing();
            case AUTHORITY, USERINFO, HOST, PORT ->
                hasAuthority ? ofAuthority(url, behindScheme + 2, pathStart) : nothing();
            case REF, PARAMETER -> nothing();
        };
    }

    private int[] ofAuthority(String url, int start, int end) {
        int at = url.lastIndexOf('@', end - 1);
        boolean hasUser = at >= start;
        int host = hasUser ? at + 1 : start;
        int colon = url.lastIndexOf(':', end - 1);
        boolean hasPort = colon >= host && url.indexOf(']', colon) != end - 1;
        int hostEnd = hasPort ? colon : end;
        return switch (this) {
            case AUTHORITY -> new int[] {start, end};
            case USERINFO -> hasUser ? new int[] {start, at} : nothing();
            case HOST -> new int[] {host, hostEnd};
            default -> hasPort ? new int[] {colon + 1, end} : nothing();
        };
    }

    /** The colon behind a scheme; negative if there is none. */
    private static int schemeEnd(String url, int end) {
        for (int i = 0; i < end; i++) {
            char next = url.charAt(i);
            if (next == ':') {
                return i == 0 ? -1 : i;
            }
            boolean letter = (next | 0x20) >= 'a' && (next | 0x20) <= 'z';
            boolean other = (next >= '0' && next <= '9') || next == '+' || next == '-' || next == '.';
            if (!letter && !(other && i > 0)) {
                return -1;
            }
        }
        return -1;
    }

    private static int[] nothing() {
        return new int[] {-1, -1};
    }
}
