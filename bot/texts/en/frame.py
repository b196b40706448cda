"""What stands around the matters of a message, in English."""

from bot.texts.catalogue import Frame

FRAME = Frame(
    greeting="Hi {name}",
    greeting_without_name="Hi",
    button="Open your calendar",
    title_of_own="A few things about your home days",
    title_of_team="A few things about home days in {team}",
    title_of_teams="A few things about home days in your teams",
    title_of_both="A few things about home days",
    title_settled="All sorted now",
    of_teams="Worth knowing now",
    standing_in="As deputy in {team}",
    because_away="You are receiving this because {leader} is away.",
    leader_of="the leader of {team}",
    settled="That is sorted – thank you.",
    settled_for_leader="That is sorted.",
    closing_settled="There is nothing more to do here.",
    only_you="Only you receive this message.",
    own_only_you="Your own points are for you alone.",
    of_own="About what concerns you: {sentence}",
    rest_only_you={
        "one": "The last point is for you alone.",
        "other": "The last {word} points are for you alone.",
    },
    leader_hears={
        "later today": "Your leader will hear about it later today at the earliest – and only if it is still there.",
        "the working day before": "Your leader will only hear about it if it is still there at noon on the working day before.",
        "on the day": "Your leader will only hear about it if it is still open when the day comes.",
        "after five working days": "Your leader will only hear about it if it has not been sorted out in five working days.",
        "in the digest": "Your leader can see it in the next weekly overview, if it is still open by then.",
        "after five working days or in the digest": "Your leader will only hear about what is still open in five working days or by the next weekly overview.",
    },
    leader_hears_of_several="Your leader will only hear about what is still open: {parts}.",
    parts={
        "later today": "the nearest days later today at the earliest",
        "the working day before": "single days at noon on the working day before",
        "on the day": "home days without a yes on record when the day comes",
        "after five working days": "the rest after five working days",
        "in the digest": "the rest in the next weekly overview",
        "after five working days or in the digest": "the rest after five working days or in the next weekly overview",
    },
    wrong="The message is written automatically, so please do write to {contact} if something is not right.",
    wrong_without_contact="The message is written automatically, so please tell your leader if something is not right.",
    told_first={
        "one": "{name} has already had a friendly message about it.",
        "other": "The employees have already had a friendly message about it.",
    },
    if_agreed="If you have already agreed something else, or something is not right, write to {contact}.",
    if_agreed_without_contact="If you have already agreed something else, or something is not right, tell whoever looks after the agreements.",
)
