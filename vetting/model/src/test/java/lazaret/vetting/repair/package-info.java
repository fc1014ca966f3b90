@NullMarked
package lazaret.vetting.repair;

import org.jspecify.annotations.NullMarked;
