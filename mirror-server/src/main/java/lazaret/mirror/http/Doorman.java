package lazaret.mirror.http;

import java.util.Optional;
import lazaret.vetting.desk.Asker;
import lazaret.vetting.desk.Token;
import lazaret.vetting.desk.Tokens;

/// Finds out who asks.
final class Doorman {
  private final Tokens tokens;
  private final boolean authRequired;

  Doorman(Tokens tokens, boolean authRequired) {
    this.tokens = tokens;
    this.authRequired = authRequired;
  }

  boolean authRequired() {
    return authRequired;
  }

  Optional<Token> token(Question question) {
    return question.header("authorization").flatMap(tokens::authenticate);
  }

  Asker asker(Question question) {
    return new Asker(token(question).map(Token::name).orElse(Asker.ANONYMOUS), question.address());
  }

  /// Refuses a reader who needs a token and has none that works; empty where the way is free. cargo
  /// asks once without its token and shows `login_url` (cargo-wire §7).
  Optional<Answer> refuseReader(Question question, HostNames names) {
    if (!authRequired || token(question).filter(t -> t.may(Token.Scope.READ)).isPresent()) {
      return Optional.empty();
    }
    String why =
        question.header("authorization").isPresent()
            ? "the token is unknown, expired or revoked here"
            : "this registry needs a token";
    return Optional.of(
        Answer.text(401, why + "; ask an administrator for one: vetting-cli token create NAME")
            .with("www-authenticate", "Cargo login_url=\"" + names.origin() + "/me\""));
  }
}
