package io.thalweg.shell.terminal;

import io.thalweg.parser.Keywords;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jline.reader.Highlighter;
import org.jline.reader.LineReader;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** Colours words of the language, literals and comments while they are typed. */
final class StatementHighlighter implements Highlighter {
    /** Longer texts were pasted; colouring them at every key would be felt. */
    private static final int MAX_LENGTH = 10_000;

    private static final Pattern TOKEN = Pattern.compile(
            "(?<comment>--[^\n]*|/\\*.*?(?:\\*/|$))"
                    + "|(?<string>'[^']*+'?)|(?<name>\"[^\"]*+\"?)|(?<number>\\b\\d++(?:\\.\\d++)?+)|(?<word>\\b[A-Za-z_]\\w*+)",
            Pattern.DOTALL);

    private static final AttributedStyle WORD = AttributedStyle.DEFAULT.foreground(AttributedStyle.CYAN);
    private static final AttributedStyle LITERAL = AttributedStyle.DEFAULT.foreground(AttributedStyle.MAGENTA);
    private static final AttributedStyle COMMENT = AttributedStyle.DEFAULT.faint();

    private final Set<String> keywords = Set.copyOf(Keywords.all());
    private final boolean colored;

    StatementHighlighter(boolean colored) {
        this.colored = colored;
    }

    @Override
    public AttributedString highlight(LineReader reader, String text) {
        if (!colored || text.length() > MAX_LENGTH || text.startsWith("\\")) {
            return new AttributedString(text);
        }
        AttributedStringBuilder result = new AttributedStringBuilder(text.length());
        Matcher token = TOKEN.matcher(text);
        int end = 0;
        while (token.find()) {
            result.append(text.substring(end, token.start()));
            result.append(token.group(), style(token));
            end = token.end();
        }
        return result.append(text.substring(end)).toAttributedString();
    }

    private AttributedStyle style(Matcher token) {
        if (token.group("comment") != null) {
            return COMMENT;
        }
        if (token.group("string") != null || token.group("number") != null) {
            return LITERAL;
        }
        String word = token.group("word");
        return word != null && keywords.contains(word.toUpperCase(Locale.ROOT)) ? WORD : AttributedStyle.DEFAULT;
    }
}
