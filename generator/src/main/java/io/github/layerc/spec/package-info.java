/**
 * From spec to network: {@code cat4.yaml -> text -> YAML nodes with places -> Network}. All errors of a file are collected, each with its
 * place, then fail the reading once.
 */
package io.github.layerc.spec;
