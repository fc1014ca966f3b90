/// Domain model of crates and of the decisions on them: pure values, rules and ports. This module
/// uses neither disk nor network.
@NullMarked
package lazaret.vetting;

import org.jspecify.annotations.NullMarked;
