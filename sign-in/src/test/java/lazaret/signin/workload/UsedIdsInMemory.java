package lazaret.signin.workload;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// A register of ids in memory, which keeps all of them.
final class UsedIdsInMemory implements UsedTokenIds {
  final Map<String, Instant> until = new LinkedHashMap<>();

  @Override
  public synchronized boolean use(String issuer, String jti, Instant expires) {
    return until.putIfAbsent(issuer + " " + jti, expires) == null;
  }
}
