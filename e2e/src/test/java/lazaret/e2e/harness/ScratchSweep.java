package lazaret.e2e.harness;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Takes away the folders of each test class when it has ended. Gigabytes go by then, and would
/// keep the JVM from ending if all of them went at its end.
public final class ScratchSweep implements AfterAllCallback {
  @Override
  public void afterAll(ExtensionContext context) {
    Scratch.sweep();
  }
}
