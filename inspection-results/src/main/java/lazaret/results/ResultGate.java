package lazaret.results;

import lazaret.vetting.gate.context.GateContext;
import lazaret.vetting.gate.serving.Admission;
import lazaret.vetting.gate.serving.ArtifactCache;

/// The parts of a gate that use inspection results.
///
/// @param heap the archives that this node has in heap, stored or not
public record ResultGate(GateContext parts, Admission admission, ArtifactCache heap) {}
