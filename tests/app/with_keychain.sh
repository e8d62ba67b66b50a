#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# with_keychain.sh real|mute PROGRAM: runs `PROGRAM real|mute` on a session bus of its own, with a real Secret Service
# that keeps its files in a folder that is thrown away, or with one that takes questions and never answers.
# Without the tools it runs `PROGRAM missing`, which says that it skips.
kind=$1
program=$2
if [ "$3" != inside ]; then
  for tool in dbus-run-session gnome-keyring-daemon; do
    command -v "$tool" >/dev/null || exec "$program" missing
  done
  HOME=$(mktemp -d)
  export HOME XDG_DATA_HOME="$HOME/data" XDG_CONFIG_HOME="$HOME/config" XDG_RUNTIME_DIR="$HOME/run"
  trap 'rm -rf "$HOME"' EXIT
  mkdir -m 700 "$XDG_RUNTIME_DIR"
  dbus-run-session -- sh "$0" "$kind" "$program" inside
  exit $?
fi
if [ "$kind" = real ]; then
  printf password | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1
else
  "$program" mute-service &
  mute=$!
  trap 'kill -9 $mute' EXIT
  until [ -e "$HOME/mute" ]; do sleep 0.05; done
fi
"$program" "$kind"
