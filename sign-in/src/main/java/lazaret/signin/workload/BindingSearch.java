package lazaret.signin.workload;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import lazaret.signin.workload.ClaimRequirement.Form;
import lazaret.signin.workload.WorkloadVerification.Refused;

/// The search for the binding of a token. A refusal lists what the nearest binding expects, if the
/// token has one of the ids of that binding. Otherwise any job of a public CI system could list the
/// bindings of this gate.
record BindingSearch(WorkloadIssuer issuer, WorkloadClaims claims) {
  /// Returns the first binding whose requirements are met, or empty if there is none.
  Optional<WorkloadBinding> binding() {
    return issuer.bindings().stream().filter(binding -> unmet(binding).isEmpty()).findFirst();
  }

  /// Returns the refusal of a token without a binding.
  Refused refusal() {
    return issuer.bindings().stream()
        .filter(this::isKnown)
        .min(Comparator.comparingInt(binding -> unmet(binding).size()))
        .map(this::near)
        .orElseGet(this::far);
  }

  private List<ClaimRequirement> unmet(WorkloadBinding binding) {
    return binding.requirements().all().stream().filter(one -> !one.isMetBy(claims)).toList();
  }

  private boolean isKnown(WorkloadBinding binding) {
    return binding.requirements().all().stream()
        .anyMatch(one -> one.identifies() && one.isMetBy(claims));
  }

  private Refused near(WorkloadBinding binding) {
    List<ClaimRequirement> unmet = unmet(binding);
    boolean forkOnly = unmet.stream().allMatch(one -> one.form() == Form.NO_FORK);
    return WorkloadTokenVerifier.refused(
        forkOnly ? WorkloadRefusalCode.FORK_EVENT : WorkloadRefusalCode.NO_BINDING,
        "expected %s (binding '%s' of issuer '%s'), found %s; change the job or the binding"
            .formatted(
                texts(binding.requirements().all()), binding.name(), issuer.name(), found(unmet)));
  }

  private Refused far() {
    List<ClaimRequirement> identity =
        issuer.bindings().getFirst().requirements().all().stream()
            .filter(ClaimRequirement::identifies)
            .toList();
    return WorkloadTokenVerifier.refused(
        WorkloadRefusalCode.NO_BINDING,
        "expected the ids of a binding of issuer '%s', found %s; add a binding for them"
            .formatted(issuer.name(), found(identity)));
  }

  private String found(List<ClaimRequirement> requirements) {
    return requirements.stream().map(one -> one.found(claims)).collect(Collectors.joining(", "));
  }

  private static String texts(List<ClaimRequirement> requirements) {
    return requirements.stream().map(ClaimRequirement::text).collect(Collectors.joining(", "));
  }
}
