package lazaret.vetting.access.logins;

import java.time.Duration;

/// The bounds of logins.
///
/// @param open the logins that wait at the same time
/// @param openByAddress the logins of one client address that wait at the same time
/// @param startsByAddress the starts of one client address in a minute
/// @param wrongCodes the wrong codes of one person in a minute
/// @param life the time in which a person must answer and the command must fetch the token
/// @param interval the time between two requests for the result
/// @param tokenLife the life of a token
public record LoginLimits(
    int open,
    int openByAddress,
    int startsByAddress,
    int wrongCodes,
    Duration life,
    Duration interval,
    Duration tokenLife) {
  /// The usual bounds. RFC 8628 §3.5 has the interval.
  public static final LoginLimits USUAL =
      new LoginLimits(
          1_000, 20, 20, 5, Duration.ofMinutes(10), Duration.ofSeconds(5), Duration.ofDays(30));

  public LoginLimits {
    if (open < 1 || openByAddress < 1 || startsByAddress < 1 || wrongCodes < 1) {
      throw new IllegalArgumentException("each number of a limit is positive");
    }
    if (!life.isPositive() || !interval.isPositive() || !tokenLife.isPositive()) {
      throw new IllegalArgumentException("each time of a limit is positive");
    }
  }

  /// Returns the limits with another life of tokens.
  public LoginLimits withTokenLife(Duration life) {
    return new LoginLimits(
        open, openByAddress, startsByAddress, wrongCodes, this.life, interval, life);
  }
}
