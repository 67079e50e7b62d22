/** The passes: named rewrites of a program, run in one fixed order, the verifier after each. */
package io.github.layerc.pass;
