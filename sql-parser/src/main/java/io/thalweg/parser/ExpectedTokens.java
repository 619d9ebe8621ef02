package io.thalweg.parser;

import io.thalweg.parser.grammar.ThalwegStatementParser;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.NoViableAltException;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.ATN;
import org.antlr.v4.runtime.atn.ATNConfig;
import org.antlr.v4.runtime.atn.NotSetTransition;
import org.antlr.v4.runtime.atn.Transition;
import org.antlr.v4.runtime.misc.IntervalSet;

/** The tokens that could have stood where a parse failed, and the words for them. */
final class ExpectedTokens {
    private static final int MAX_PHRASES = 6;
    private static final ATN GRAMMAR = ThalwegStatementParser._ATN;

    /** Parts of the grammar with a name that users know; one whose beginnings include another's comes before it. */
    private static final List<Part> PARTS = List.of(
            new Part(ThalwegStatementParser.RULE_expression, "an expression"),
            new Part(ThalwegStatementParser.RULE_statement, "a statement"),
            new Part(ThalwegStatementParser.RULE_explainable, "a statement to explain"),
            new Part(ThalwegStatementParser.RULE_literal, "a value"),
            new Part(ThalwegStatementParser.RULE_identifier, "a name"),
            new Part(ThalwegStatementParser.RULE_type, "a type"),
            new Part(ThalwegStatementParser.RULE_query, "a query"),
            new Part(ThalwegStatementParser.RULE_columnClause, "a column clause"),
            new Part(ThalwegStatementParser.RULE_storageClause, "a clause such as WITH"));

    private final IntervalSet types;

    private ExpectedTokens(IntervalSet types) {
        this.types = types;
    }

    static ExpectedTokens of(RecognitionException error) {
        IntervalSet types = new IntervalSet();
        if (error instanceof NoViableAltException noAlternative && noAlternative.getDeadEndConfigs() != null) {
            // The prediction looked ahead: what it could not go on from is where the offending token stands.
            for (ATNConfig config : noAlternative.getDeadEndConfigs()) {
                addLabels(config, types);
            }
        } else if (error.getExpectedTokens() != null) {
            types.addAll(error.getExpectedTokens());
        }
        return new ExpectedTokens(types);
    }

    private static void addLabels(ATNConfig config, IntervalSet types) {
        for (Transition transition : config.state.getTransitions()) {
            if (transition instanceof NotSetTransition) {
                types.addAll(transition.label().complement(Token.MIN_USER_TOKEN_TYPE, GRAMMAR.maxTokenType));
            } else if (transition.label() != null) {
                types.addAll(transition.label());
            }
        }
    }

    boolean includesName() {
        return types.contains(ThalwegStatementParser.QUOTED_IDENTIFIER);
    }

    /** The keywords among the tokens. */
    List<String> keywords() {
        return types.toList().stream()
                .filter(Keywords::isKeyword)
                .map(Keywords::word)
                .toList();
    }

    /** The tokens in words, such as {@code a name, "(" or AS}; empty if there are too many to be of help. */
    String phrase() {
        List<String> phrases = phrases();
        int last = phrases.size() - 1;
        if (last < 0 || phrases.size() > MAX_PHRASES) {
            return "";
        }
        return last == 0 ? phrases.get(0) : String.join(", ", phrases.subList(0, last)) + " or " + phrases.get(last);
    }

    private List<String> phrases() {
        List<String> phrases = new ArrayList<>();
        IntervalSet rest = new IntervalSet(types);
        for (Part part : PARTS) {
            IntervalSet beginnings = GRAMMAR.nextTokens(GRAMMAR.ruleToStartState[part.rule]);
            if (beginnings.subtract(rest).isNil()) {
                rest = rest.subtract(beginnings);
                phrases.add(part.phrase);
            }
        }
        if (includesName()) {
            // The kind of object in front of a name: its other words can be names themselves.
            rest.remove(ThalwegStatementParser.TABLE);
        }
        if (types.size() > 1) {
            // A name can go on after a dot, and a semicolon can stand at the end: nobody needs to hear it.
            rest.remove(ThalwegStatementParser.DOT);
            rest.remove(ThalwegStatementParser.SEMICOLON);
        }
        rest.toList().stream().map(ExpectedTokens::word).distinct().forEach(phrases::add);
        return phrases;
    }

    private static String word(int type) {
        return switch (type) {
            case Token.EOF -> "end of statement";
            case ThalwegStatementParser.STRING -> "a string";
            case ThalwegStatementParser.INTEGER, ThalwegStatementParser.DECIMAL -> "a number";
            case ThalwegStatementParser.OPERATOR -> "an operator";
            case ThalwegStatementParser.IDENTIFIER, ThalwegStatementParser.QUOTED_IDENTIFIER -> "a name";
            default -> Keywords.isKeyword(type) ? Keywords.word(type) : '"' + Keywords.word(type) + '"';
        };
    }

    /** A rule of the grammar, and what users call it. */
    private record Part(int rule, String phrase) {}
}
