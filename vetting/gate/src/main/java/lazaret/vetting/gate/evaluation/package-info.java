/// The state of one crate, its evaluation, its index view.
@NullMarked
package lazaret.vetting.gate.evaluation;

import org.jspecify.annotations.NullMarked;
