package lazaret.vetting.license;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import org.jspecify.annotations.Nullable;

/// A parser of SPDX expressions by recursive descent: WITH binds before AND, AND before OR.
final class LicenseParser {
  /// An identifier, a bracket or a slash; a `+` belongs to the identifier directly before it.
  private static final Pattern TOKEN = Pattern.compile("[-A-Za-z0-9.:]+\\+?|[()/]");

  private static final String END = "";

  private final String text;
  private final List<String> tokens;
  private int next;
  private int depth;

  private LicenseParser(String text) {
    this.text = text;
    this.tokens = tokens(text);
  }

  static LicenseExpression expression(String text) {
    var parser = new LicenseParser(text);
    LicenseExpression expression = parser.any();
    if (parser.peek() != null) {
      throw parser.unexpected();
    }
    return expression;
  }

  private List<String> tokens(String text) {
    if (text.length() > LicenseExpression.MAX_LENGTH) {
      throw malformed("longer than " + LicenseExpression.MAX_LENGTH + " characters");
    }
    var found = new ArrayList<String>();
    Matcher matcher = TOKEN.matcher(text);
    int end = 0;
    while (matcher.find()) {
      requireBlank(text.substring(end, matcher.start()));
      found.add(matcher.group());
      end = matcher.end();
    }
    requireBlank(text.substring(end));
    return found;
  }

  private void requireBlank(String between) {
    if (!between.isBlank()) {
      throw malformed("found '" + Excerpt.of(between.strip()) + "'");
    }
  }

  private LicenseExpression any() {
    return joined(List.of("OR", "or", "/"), this::all, LicenseExpression.Any::new);
  }

  private LicenseExpression all() {
    return joined(List.of("AND", "and"), this::one, LicenseExpression.All::new);
  }

  private LicenseExpression joined(
      List<String> operators,
      Supplier<LicenseExpression> part,
      Function<List<LicenseExpression>, LicenseExpression> join) {
    var parts = new ArrayList<>(List.of(part.get()));
    while (operators.contains(Objects.requireNonNullElse(peek(), END))) {
      next++;
      parts.add(part.get());
    }
    return parts.size() == 1 ? parts.getFirst() : join.apply(parts);
  }

  private LicenseExpression one() {
    if ("(".equals(peek())) {
      next++;
      if (++depth > LicenseExpression.MAX_DEPTH) {
        throw malformed("parentheses nested deeper than " + LicenseExpression.MAX_DEPTH);
      }
      LicenseExpression inner = any();
      if (!")".equals(peek())) {
        throw unexpected();
      }
      next++;
      depth--;
      return inner;
    }
    String id = identifier();
    boolean orLater = id.endsWith("+");
    String exception = null;
    if ("WITH".equals(peek()) || "with".equals(peek())) {
      next++;
      exception = identifier();
    }
    return new LicenseExpression.One(
        new LicenseTerm(orLater ? id.substring(0, id.length() - 1) : id, orLater, exception));
  }

  private String identifier() {
    String token = peek();
    if (token == null
        || List.of("(", ")", "/", "AND", "and", "OR", "or", "WITH", "with").contains(token)) {
      throw unexpected();
    }
    next++;
    return token;
  }

  private @Nullable String peek() {
    return next < tokens.size() ? tokens.get(next) : null;
  }

  private MalformedException unexpected() {
    String found = peek();
    return malformed(found == null ? "it ends too early" : "did not expect '" + found + "'");
  }

  private MalformedException malformed(String why) {
    return new MalformedException(
        "cannot read license '" + Excerpt.of(text) + "': " + why + "; expected an SPDX expression");
  }
}
