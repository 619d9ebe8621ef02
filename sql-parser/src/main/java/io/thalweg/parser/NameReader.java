package io.thalweg.parser;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.SourceSpan;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.parser.ast.ExpressionText;
import io.thalweg.parser.ast.Identifier;
import io.thalweg.parser.ast.OptionAssignment;
import io.thalweg.parser.ast.OptionName;
import io.thalweg.parser.ast.QualifiedName;
import io.thalweg.parser.ast.SettingValue;
import io.thalweg.parser.grammar.ThalwegStatementLexer;
import io.thalweg.parser.grammar.ThalwegStatementParser.ExpressionContext;
import io.thalweg.parser.grammar.ThalwegStatementParser.IdentifierContext;
import io.thalweg.parser.grammar.ThalwegStatementParser.LiteralContext;
import io.thalweg.parser.grammar.ThalwegStatementParser.NameListContext;
import io.thalweg.parser.grammar.ThalwegStatementParser.OptionContext;
import io.thalweg.parser.grammar.ThalwegStatementParser.OptionListContext;
import io.thalweg.parser.grammar.ThalwegStatementParser.OptionNameContext;
import io.thalweg.parser.grammar.ThalwegStatementParser.OptionNamesContext;
import io.thalweg.parser.grammar.ThalwegStatementParser.QualifiedNameContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;

/** Reads the smallest parts of a statement: places, names, literals, options and the text of expressions. */
final class NameReader {
    private final SourceText source;

    NameReader(SourceText source) {
        this.source = source;
    }

    SourceSpan span(ParserRuleContext context) {
        return source.span(start(context), end(context));
    }

    SourceSpan span(Token token) {
        return source.span(token.getStartIndex(), token.getStopIndex() + 1);
    }

    String text(ParserRuleContext context) {
        return source.slice(start(context), end(context));
    }

    private static int start(ParserRuleContext context) {
        return context.getStart().getStartIndex();
    }

    private static int end(ParserRuleContext context) {
        return context.getStop().getStopIndex() + 1;
    }

    Identifier identifier(IdentifierContext context) {
        Token token = context.getStart();
        if (token.getType() != ThalwegStatementLexer.QUOTED_IDENTIFIER) {
            return new Identifier(token.getText().toLowerCase(Locale.ROOT), false, span(token));
        }
        String name = SqlText.unquoted(token.getText());
        if (name.isEmpty()) {
            throw SyntaxErrorTranslator.error("a name is empty", span(token));
        }
        return new Identifier(name, true, span(token));
    }

    QualifiedName qualifiedName(QualifiedNameContext context) {
        return new QualifiedName(
                context.identifier().stream().map(this::identifier).toList());
    }

    /** The names of a list, or none if there is no list. */
    List<Identifier> names(@Nullable NameListContext context) {
        return context == null
                ? List.of()
                : context.identifier().stream().map(this::identifier).toList();
    }

    /** What a string stands for. */
    String string(TerminalNode string) {
        return SqlText.unquoted(string.getText());
    }

    Optional<String> optionalString(@Nullable TerminalNode string) {
        return Optional.ofNullable(string).map(this::string);
    }

    int integer(TerminalNode number) {
        try {
            return Integer.parseInt(number.getText());
        } catch (NumberFormatException tooLarge) {
            throw new ThalwegException(
                            ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE, "number is larger than " + Integer.MAX_VALUE)
                    .at(span(number.getSymbol()));
        }
    }

    long longInteger(TerminalNode number) {
        try {
            return Long.parseLong(number.getText());
        } catch (NumberFormatException tooLarge) {
            throw new ThalwegException(ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE, "number is larger than " + Long.MAX_VALUE)
                    .at(span(number.getSymbol()));
        }
    }

    /** The text of an expression. The grammar lets a lone {@code NOT} pass: {@code DEFAULT NOT NULL}. */
    ExpressionText expression(ExpressionContext context) {
        if (context.getStart() == context.getStop() && context.getStart().getType() == ThalwegStatementLexer.NOT) {
            throw SyntaxErrorTranslator.error(
                    "unexpected \"" + text(context) + "\", expected an expression", span(context));
        }
        return new ExpressionText(text(context), span(context));
    }

    SettingValue value(LiteralContext context) {
        SourceSpan span = span(context);
        if (context.STRING() != null) {
            return new SettingValue(SettingValue.Kind.STRING, string(context.STRING()), span);
        }
        if (context.identifier() != null) {
            return new SettingValue(
                    SettingValue.Kind.WORD, identifier(context.identifier()).name(), span);
        }
        if (context.TRUE() != null || context.FALSE() != null) {
            return new SettingValue(SettingValue.Kind.BOOLEAN, text(context).toLowerCase(Locale.ROOT), span);
        }
        String sign = context.MINUS() == null ? "" : "-";
        return new SettingValue(
                SettingValue.Kind.NUMBER, sign + context.getStop().getText(), span);
    }

    List<OptionAssignment> options(OptionListContext context) {
        List<OptionAssignment> options = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        for (OptionContext option : context.option()) {
            OptionAssignment assignment = option(option);
            refuseSecond(keys.add(assignment.key()), assignment.key(), assignment.span());
            options.add(assignment);
        }
        return options;
    }

    private OptionAssignment option(OptionContext context) {
        OptionName name = optionName(context.optionName());
        return new OptionAssignment(name.key(), value(context.literal()), name.span());
    }

    private OptionName optionName(OptionNameContext context) {
        if (context.STRING() != null) {
            return new OptionName(
                    string(context.STRING()), span(context.STRING().getSymbol()));
        }
        QualifiedName key = qualifiedName(context.qualifiedName());
        return new OptionName(key.toString(), key.span());
    }

    List<OptionName> optionNames(OptionNamesContext context) {
        List<OptionName> options = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        for (OptionNameContext option : context.optionName()) {
            OptionName name = optionName(option);
            refuseSecond(keys.add(name.key()), name.key(), name.span());
            options.add(name);
        }
        return options;
    }

    private static void refuseSecond(boolean isFirst, String key, SourceSpan span) {
        if (!isFirst) {
            throw SyntaxErrorTranslator.error("option '" + key + "' is given twice", span);
        }
    }
}
