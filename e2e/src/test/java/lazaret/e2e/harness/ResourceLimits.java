package lazaret.e2e.harness;

import java.time.Duration;
import lazaret.sandbox.SandboxLimits;

/// A builder of limits of the sandbox, which begins with the default ones.
public final class ResourceLimits {
  private int processes = SandboxLimits.USUAL.processes();
  private int files = SandboxLimits.USUAL.files();
  private long fileBytes = SandboxLimits.USUAL.fileBytes();
  private long processBytes = SandboxLimits.USUAL.processBytes();
  private long memoryBytes = SandboxLimits.USUAL.memoryBytes();
  private long targetBytes = SandboxLimits.USUAL.targetBytes();
  private long temporaryBytes = SandboxLimits.USUAL.temporaryBytes();
  private long outputBytes = SandboxLimits.USUAL.outputBytes();
  private Duration wall = SandboxLimits.USUAL.wall();
  private Duration silence = SandboxLimits.USUAL.silence();

  public ResourceLimits processes(int most) {
    processes = most;
    return this;
  }

  public ResourceLimits files(int most) {
    files = most;
    return this;
  }

  public ResourceLimits fileBytes(long most) {
    fileBytes = most;
    return this;
  }

  public ResourceLimits processBytes(long most) {
    processBytes = most;
    return this;
  }

  public ResourceLimits memoryBytes(long most) {
    memoryBytes = most;
    return this;
  }

  public ResourceLimits targetBytes(long most) {
    targetBytes = most;
    return this;
  }

  public ResourceLimits temporaryBytes(long most) {
    temporaryBytes = most;
    return this;
  }

  public ResourceLimits outputBytes(long most) {
    outputBytes = most;
    return this;
  }

  public ResourceLimits wall(Duration most) {
    wall = most;
    return this;
  }

  public ResourceLimits silence(Duration most) {
    silence = most;
    return this;
  }

  public SandboxLimits all() {
    return new SandboxLimits(
        processes,
        files,
        fileBytes,
        processBytes,
        SandboxLimits.USUAL.processCpu(),
        memoryBytes,
        targetBytes,
        temporaryBytes,
        outputBytes,
        wall,
        silence);
  }
}
