package lazaret.signin.oidc;

import com.nimbusds.oauth2.sdk.id.State;
import java.time.Clock;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import lazaret.vetting.Secret;
import org.jspecify.annotations.Nullable;

/// The begun sign-ins of a server that has its store alone, in heap. If there are 10,000, the
/// oldest is dropped for a new one: a flood of begun sign-ins then delays a person only while it
/// lasts. Thread-safe.
final class HeapSignInStates implements SignInStates {
  /// The maximum number of begun sign-ins.
  static final int MAX = 10_000;

  private final Clock clock;
  private final Map<String, SignInState> byId = new LinkedHashMap<>();

  HeapSignInStates(Clock clock) {
    this.clock = clock;
  }

  @Override
  public synchronized void add(Secret id, SignInState state) {
    Instant now = clock.instant();
    Iterator<SignInState> oldest = byId.values().iterator();
    while (oldest.hasNext() && (oldest.next().isOld(now) || byId.size() >= MAX)) {
      oldest.remove();
    }
    byId.put(id.text(), state);
  }

  @Override
  public synchronized @Nullable SignInState take(String id, @Nullable State state) {
    SignInState begun = byId.get(id);
    if (begun == null || state == null || !begun.isOf(state)) {
      return null;
    }
    byId.remove(id);
    return begun.isOld(clock.instant()) ? null : begun;
  }
}
