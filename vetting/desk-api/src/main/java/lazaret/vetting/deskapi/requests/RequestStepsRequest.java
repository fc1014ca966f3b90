package lazaret.vetting.deskapi.requests;

import java.util.List;
import lazaret.vetting.crates.CrateSpec;
import org.jspecify.annotations.Nullable;

/// An order to record one step in the handling of several requests: all of them or none.
///
/// @param specs the versions, each `NAME@VERSION`; 1 to 200, each once
/// @param act the kind of the step
/// @param text the text of the step, as for one request; at most 2,000 characters
/// @param onlyHeld whether a version that time alone does not free is refused
public record RequestStepsRequest(
    List<CrateSpec> specs, RequestStepRequest.Step act, @Nullable String text, boolean onlyHeld) {
  public RequestStepsRequest {
    specs = List.copyOf(specs);
  }
}
