package lazaret.vetting.desk;

/// Who asks: shown in the queue, the access log and the ledger.
///
/// @param token the token's name; [#ANONYMOUS] where none was given
/// @param address the IP address
public record Asker(String token, String address) {
  /// Stands for the name where no token was given.
  public static final String ANONYMOUS = "-";

  /// Returns whether the text of an asker, as [#toString] writes it, has a token's name.
  static boolean hasToken(String asker) {
    return !asker.startsWith(ANONYMOUS + "@");
  }

  @Override
  public String toString() {
    return token + "@" + address;
  }
}
