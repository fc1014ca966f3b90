package lazaret.e2e.harness;

import java.time.Duration;
import lazaret.sandbox.SandboxLimits;

/// A builder of limits of the sandbox, which begins with the default ones.
public final class Limits {
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

  public Limits processes(int most) {
    processes = most;
    return this;
  }

  public Limits files(int most) {
    files = most;
    return this;
  }

  public Limits fileBytes(long most) {
    fileBytes = most;
    return this;
  }

  public Limits processBytes(long most) {
    processBytes = most;
    return this;
  }

  public Limits memoryBytes(long most) {
    memoryBytes = most;
    return this;
  }

  public Limits targetBytes(long most) {
    targetBytes = most;
    return this;
  }

  public Limits temporaryBytes(long most) {
    temporaryBytes = most;
    return this;
  }

  public Limits outputBytes(long most) {
    outputBytes = most;
    return this;
  }

  public Limits wall(Duration most) {
    wall = most;
    return this;
  }

  public Limits silence(Duration most) {
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
