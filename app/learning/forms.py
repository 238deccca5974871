"""The form of the pledge: everything must be ticked; whether the password is right is no shape."""

from wtforms import BooleanField, PasswordField
from wtforms.validators import InputRequired, Length

from app.catalog.model import Pledge
from app.core.forms import Form


class PledgeForm(Form):
    """One box a point, one for the consent, and the password once more."""

    password = PasswordField(
        "Kata sandi", validators=[InputRequired("Isi kata sandi Anda."), Length(max=1000)]
    )

    @classmethod
    def for_pledge(cls, pledge: Pledge) -> "PledgeForm":
        fields = {
            f"point_{number}": BooleanField(
                f"Saya memahami butir {number}",
                validators=[InputRequired("Baca butir ini, lalu centang.")],
            )
            for number in range(1, len(pledge.points) + 1)
        }
        fields["consent"] = BooleanField(
            pledge.consent,
            validators=[InputRequired("Centang pernyataan ini untuk menandatangani.")],
        )
        form: PledgeForm = type("EditionForm", (cls,), fields)()
        return form

    @property
    def points(self) -> list[BooleanField]:
        """The boxes of the points, in order."""
        boxes = (field for field in self if isinstance(field, BooleanField))
        return [box for box in boxes if box.name.startswith("point_")]
