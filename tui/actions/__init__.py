"""Every action a person can take: who takes it, its keys, and its words; none is carried out here.

Read action first, then the tables: player_actions, pane_actions, dialog_actions and app_actions;
named finds one in them.
"""
