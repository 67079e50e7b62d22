/** What all emitters share: lines and words of code, the names of arguments, constants and scratch, operands, and how much of it fits a method. */
package io.github.layerc.emit.code;
