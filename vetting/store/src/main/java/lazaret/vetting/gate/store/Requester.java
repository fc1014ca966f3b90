package lazaret.vetting.gate.store;

/// The token and address of a client. They appear in the queue, the download log and the ledger.
///
/// @param token the name of the token; [#ANONYMOUS] if none was given
/// @param address the IP address
public record Requester(String token, String address) {
  /// The token name of a client without a token.
  public static final String ANONYMOUS = "-";

  /// Returns whether the text form of a requester, as [#toString] writes it, has a token name.
  public static boolean hasToken(String asker) {
    return !asker.startsWith(ANONYMOUS + "@");
  }

  @Override
  public String toString() {
    return token + "@" + address;
  }
}
