package lazaret.e2e.harness;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A callback that removes the folders of each test class when it has ended. Removing gigabytes of
/// all classes at the end would delay the end of the JVM.
public final class ScratchSweep implements AfterAllCallback {
  @Override
  public void afterAll(ExtensionContext context) {
    WorkFolder.sweep();
  }
}
