package lazaret.vetting.roles;

import lazaret.vetting.text.Coded;

/// The ways in which a caller of the desk proves its identity. The codes are stored and public.
public enum SignInMethod implements Coded {
  /// The right to open the data folder, or the unix socket of the server.
  LOCAL("local"),
  /// A token that an administrator created.
  TOKEN("token"),
  /// A session in a browser after sign-in at an identity provider.
  BROWSER("browser"),
  /// A token of a command, confirmed by a person in a browser.
  LOGIN("login"),
  /// A token of a CI job, exchanged for a signed token of its CI system.
  EXCHANGE("exchange"),
  /// No proof.
  ANONYMOUS("anonymous");

  private final String code;

  SignInMethod(String code) {
    this.code = code;
  }

  /// Returns the lower-case form, for example `browser`.
  @Override
  public String code() {
    return code;
  }
}
